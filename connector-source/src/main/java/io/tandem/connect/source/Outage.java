package io.tandem.connect.source;

import io.tandem.connect.config.DatabaseFailures;
import io.tandem.connect.database.DatabaseException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rides out errors that pass: says once when they begin and once when they are over. One task's thread. */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final int MOST_IN_A_ROW = 300;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private int givenWay;
    private boolean lasting;
    private boolean outdated;

    /**
     * Waits a little if the error may pass.
     *
     * @throws org.apache.kafka.connect.errors.ConnectException if it will not
     */
    void waitOrFail(DatabaseException error) throws InterruptedException {
        switch (error.kind()) {
            // somebody else was faster with a clock row: look again soon
            case LOCK, DUPLICATE_KEY -> giveWay(error);
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

    /**
     * Notes that the tables may not be what they were.
     *
     * @return whether it is the first time since a poll went well, so that looking them up again may help
     */
    boolean isFirst(DatabaseException change) {
        boolean first = !outdated;
        if (first) {
            LOG.warn("the tables may have changed, looking them up again: {}", change.getMessage());
        }
        outdated = true;
        return first;
    }

    private void giveWay(DatabaseException error) throws InterruptedException {
        LOG.debug("giving way: {}", error.getMessage(), error);
        if (++givenWay > MOST_IN_A_ROW) {
            throw DatabaseFailures.fatal("gave way " + MOST_IN_A_ROW + " times in a row, so this does not pass", error);
        }
        Thread.sleep(givenWay);
    }

    /** A poll went well. */
    void over() {
        givenWay = 0;
        outdated = false;
        if (lasting) {
            lasting = false;
            LOG.info("the database answers again");
        }
    }
}
