package io.tandem.connect.source;

import io.tandem.connect.config.DatabaseFailures;
import io.tandem.connect.database.DatabaseException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rides out errors that pass: says once when they begin and once when they are over. One task's thread. */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private boolean lasting;

    /**
     * Waits a little if the error may pass.
     *
     * @throws org.apache.kafka.connect.errors.ConnectException if it will not
     */
    void waitOrFail(DatabaseException error) throws InterruptedException {
        switch (error.kind()) {
            // somebody else was faster with a clock row: look again at once
            case LOCK, DUPLICATE_KEY -> LOG.debug("giving way: {}", error.getMessage(), error);
            case UNAVAILABLE -> {
                if (!lasting) {
                    LOG.warn("the database does not answer, trying again until it does: {}", error.getMessage());
                }
                lasting = true;
                Thread.sleep(PAUSE.toMillis());
            }
            default -> throw DatabaseFailures.fatal("cannot read what is pending", error);
        }
    }

    /** A poll went well. */
    void over() {
        if (lasting) {
            lasting = false;
            LOG.info("the database answers again");
        }
    }
}
