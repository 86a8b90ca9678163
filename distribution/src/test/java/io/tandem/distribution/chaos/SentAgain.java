package io.tandem.distribution.chaos;

import io.tandem.distribution.Topics;
import io.tandem.testbed.ConnectRest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Has records read or sent once more, by the ways that the README offers to people. Thread-safe. */
final class SentAgain {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Rig rig;
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    SentAgain(Rig rig) {
        this.rig = rig;
    }

    /** Stops a sink and makes it start from the beginning of its topics; it stays stopped. */
    void readAgain(String sink) {
        rig.rest().stop(sink);
        Waiting.until(sink + " is stopped", LIMIT, () -> {
            ConnectRest.ConnectorStatus status = rig.rest().status(sink);
            return status.state().equals("STOPPED") && status.tasks().isEmpty();
        });
        // the group of the sink's consumers may be alive for a moment longer
        Waiting.until("the offsets of " + sink + " are reset", LIMIT, () -> {
            rig.rest().resetOffsets(sink);
            return true;
        });
        String topic = rig.rest().config(sink).getOrDefault("topics", "");
        read.addAndGet(records(topic));
    }

    private long records(String topic) {
        try (Topics topics = new Topics(rig.pair())) {
            return topics.endOffsets(List.of(topic)).values().stream()
                    .mapToLong(end -> end)
                    .sum();
        }
    }

    /** Resets what Kafka has acknowledged of a third of the aggregates on both masters. */
    void sendAgain(Random random) {
        for (Side side : Side.values()) {
            String update = "UPDATE tandem_" + Kind.JOB.aggregate() + "_clock SET published = "
                    + (random.nextBoolean() ? -1 : 0) + " WHERE key_" + side.key() + " % 3 = " + random.nextInt(3);
            try (Connection connection = rig.master(side).server().connect(side.id());
                    Statement statement = connection.createStatement()) {
                sent.addAndGet(statement.executeUpdate(update));
            } catch (SQLException e) {
                throw new IllegalStateException(side.id() + ": " + e.getMessage(), e);
            }
        }
    }

    /** How many records sinks were made to read again. */
    long read() {
        return read.get();
    }

    /** How many aggregates sources were made to send again. */
    long sent() {
        return sent.get();
    }
}
