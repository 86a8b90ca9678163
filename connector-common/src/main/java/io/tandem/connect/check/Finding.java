package io.tandem.connect.check;

/**
 * Something that is wrong with a mapping, or that may go wrong with it. Immutable.
 *
 * @param severity whether it stops the connector
 * @param message the place in the document, the table and the column, what is wrong, and what to do
 */
public record Finding(Severity severity, String message) {

    /** How bad a finding is. */
    public enum Severity {
        /** It can't work: the connector is refused. */
        ERROR,
        /**
         * The table has more than the mapping: the connector is refused when it is configured, but not when it starts
         * again, since a column that somebody adds must not stop a pair that runs.
         */
        DRIFT,
        /** A value may come that will be refused, or that comes back in another form: it is told, nothing more. */
        RISK
    }

    static Finding error(String message) {
        return new Finding(Severity.ERROR, message);
    }

    static Finding drift(String message) {
        return new Finding(Severity.DRIFT, message);
    }

    static Finding risk(String message) {
        return new Finding(Severity.RISK, message);
    }

    /**
     * True if it stops the connector.
     *
     * @param starting whether it starts, as opposed to being configured
     */
    public boolean stops(boolean starting) {
        return severity == Severity.ERROR || (severity == Severity.DRIFT && !starting);
    }
}
