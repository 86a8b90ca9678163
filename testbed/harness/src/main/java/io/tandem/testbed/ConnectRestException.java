package io.tandem.testbed;

/** A Connect worker has refused a request. */
public final class ConnectRestException extends TestbedException {

    private static final long serialVersionUID = 1L;

    private final int statusCode;

    /** Creates the exception with the worker's own message. */
    public ConnectRestException(String request, int statusCode, String workerMessage) {
        super(request + " gave " + statusCode + ": " + workerMessage);
        this.statusCode = statusCode;
    }

    /** Returns HTTP's status, as 404 for an unknown connector. */
    public int statusCode() {
        return statusCode;
    }
}
