package io.tandem.connect.config;

import io.tandem.connect.database.DatabaseException;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Database errors as Connect shows them to people, without data of rows. */
public final class DatabaseFailures {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseFailures.class);

    private DatabaseFailures() {}

    /**
     * An exception that ends a task.
     *
     * @param what what could not be done, in words, with keys but without data
     */
    public static ConnectException fatal(String what, DatabaseException error) {
        String message = what + ": " + error.getMessage();
        return switch (error.kind()) {
            case DATA, DUPLICATE_KEY, FOREIGN_KEY -> {
                // the server's own message quotes values of the row, so it must not become part of the task's trace
                LOG.debug("{}", message, error);
                yield new ConnectException(message + "; the server's message is logged at DEBUG");
            }
            case LOCK, UNAVAILABLE, OUTDATED, ACCESS, OTHER -> new ConnectException(message, error);
        };
    }
}
