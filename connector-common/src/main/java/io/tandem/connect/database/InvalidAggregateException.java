package io.tandem.connect.database;

/** The tables in the database do not allow what is configured. The message says what was expected and what to do. */
public final class InvalidAggregateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String setting;

    public InvalidAggregateException(String setting, String message) {
        super(message);
        this.setting = setting;
    }

    /** The setting to look at. */
    public String setting() {
        return setting;
    }
}
