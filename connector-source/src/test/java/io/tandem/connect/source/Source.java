package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Grants;
import io.tandem.testbed.fixtures.ConnectorKind;
import io.tandem.testbed.fixtures.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.source.SourceRecord;

/** Drives a source task as a worker does. */
final class Source implements AutoCloseable {

    static final ConnectorKind KIND =
            new ConnectorKind(Grants.Role.SOURCE, AlignmentSourceConnector::new, AlignmentSourceConfig::new);

    static final int POLL_INTERVAL_MILLIS = 20;

    private static final int IDLE_POLLS = 6;
    // more than the interval in which acknowledgements are saved, without which their keys are not sent again
    private static final Duration IDLE_TIME = Duration.ofMillis(250);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final RecordMetadata METADATA =
            new RecordMetadata(new TopicPartition("customers", 0), 0, 0, 0, 0, 0);

    private final AlignmentSourceTask task;

    private Source(AlignmentSourceTask task, Map<String, String> settings) {
        this.task = task;
        task.start(settings);
    }

    /** Looks when it is polled, and not ahead, so that a test knows what a poll has seen. */
    private Source(Map<String, String> settings) {
        this(new AlignmentSourceTask(work -> {}), settings);
    }

    static Source start(TestDatabase database, String... more) {
        Map<String, String> settings = settings(database, more);
        database.prepare(Source.KIND, settings);
        return new Source(settings);
    }

    private static Map<String, String> settings(TestDatabase database, String... more) {
        Map<String, String> settings = database.settings("legacy");
        settings.put("topic", "customers");
        settings.put("source.poll.interval.ms", String.valueOf(POLL_INTERVAL_MILLIS));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** A task whose user has only the rights that the test gave. */
    static Source startAsItIs(Map<String, String> settings) {
        return new Source(settings);
    }

    /** As {@link #startOn}, but it looks ahead while the test deals with what it got. */
    static Source startAheadOn(TestDatabase database) {
        startOn(database).close();
        return new Source(new AlignmentSourceTask(), settings(database));
    }

    /** Starts a task and lets it create the clocks, so that what is written from now on is noted. */
    static Source startOn(TestDatabase database, String... more) {
        Source source = start(database, more);
        assertThat(source.idle()).isEmpty();
        return source;
    }

    AlignmentSourceTask task() {
        return task;
    }

    List<Sent> poll() {
        try {
            List<SourceRecord> records = task.poll();
            return records == null ? List.of() : records.stream().map(Sent::new).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Polls until there is nothing for some time; acknowledges nothing. */
    List<Sent> idle() {
        return pollUntilIdle(false);
    }

    /** Polls until there is nothing for some time; acknowledges everything. */
    List<Sent> drain() {
        return pollUntilIdle(true);
    }

    private List<Sent> pollUntilIdle(boolean acknowledge) {
        List<Sent> all = new ArrayList<>();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        long busyAt = System.nanoTime();
        for (int empty = 0; empty < IDLE_POLLS || System.nanoTime() - busyAt < IDLE_TIME.toNanos(); ) {
            assertThat(System.nanoTime()).as("still sending: %s", all).isLessThan(deadline);
            List<Sent> records = poll();
            if (records.isEmpty()) {
                empty++;
            } else {
                empty = 0;
                busyAt = System.nanoTime();
            }
            all.addAll(records);
            if (acknowledge) {
                acknowledge(records);
            }
        }
        return all;
    }

    /** Drains, and expects exactly one record. */
    Sent drainOne() {
        List<Sent> records = drain();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    void acknowledge(Collection<Sent> records) {
        records.forEach(record -> task.commitRecord(record.record(), METADATA));
    }

    /** Tells the task that the records never reached Kafka. */
    void drop(Collection<Sent> records) {
        records.forEach(record -> task.commitRecord(record.record(), null));
    }

    @Override
    public void close() {
        task.stop();
    }
}
