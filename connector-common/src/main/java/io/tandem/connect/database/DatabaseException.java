package io.tandem.connect.database;

/** A database error with its meaning. The message carries the vendor's code, never a value of a row. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;

    public DatabaseException(ErrorKind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What the error means. */
    public ErrorKind kind() {
        return kind;
    }
}
