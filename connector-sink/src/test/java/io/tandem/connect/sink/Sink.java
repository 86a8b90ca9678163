package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tandem.testbed.Grants;
import io.tandem.testbed.fixtures.ConnectorKind;
import io.tandem.testbed.fixtures.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Drives a sink task as a worker does: gives it records with growing offsets, and asks what it may commit. */
final class Sink implements AutoCloseable {

    static final ConnectorKind KIND =
            new ConnectorKind(Grants.Role.SINK, AlignmentSinkConnector::new, AlignmentSinkConfig::new);

    static final TopicPartition PARTITION = new TopicPartition(Change.TOPIC, 0);

    private final AlignmentSinkTask task;
    private final RecordingContext context = new RecordingContext();
    private long nextOffset;

    private Sink(Map<String, String> settings) {
        // so that what put does is done when it returns
        this(settings, new AlignmentSinkTask(Runnable::run));
    }

    private Sink(Map<String, String> settings, AlignmentSinkTask task) {
        this.task = task;
        task.initialize(context);
        task.start(settings);
    }

    static Sink start(TestDatabase database, String... more) {
        return new Sink(settings(database, more));
    }

    private static Map<String, String> settings(TestDatabase database, String... more) {
        Map<String, String> settings = database.settings("modern");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        database.prepare(Sink.KIND, settings);
        return settings;
    }

    /** A task as a worker runs it: it applies in a thread of its own, and put returns before. */
    static Sink startWithThread(TestDatabase database, String... more) {
        return new Sink(settings(database, more), new AlignmentSinkTask());
    }

    /** A task that applies when the executor does. */
    static Sink startWith(Executor executor, TestDatabase database, String... more) {
        return new Sink(settings(database, more), new AlignmentSinkTask(executor));
    }

    /** A task whose user has only the rights that the test gave. */
    static Sink startAsItIs(Map<String, String> settings) {
        return new Sink(settings);
    }

    /** Starts a task and lets it create the clocks, so that what is written from now on is noted. */
    static Sink startOn(TestDatabase database, String... more) {
        Sink sink = start(database, more);
        // on a busy machine the first connection takes longer than a task waits for it
        await().ignoreExceptionsInstanceOf(RetriableException.class).until(() -> {
            sink.put();
            return true;
        });
        return sink;
    }

    /** One call of put with these records; returns normally if the task took them. */
    void put(Change... changes) {
        List<SinkRecord> records = new ArrayList<>();
        Arrays.stream(changes).forEach(change -> records.add(change.record(nextOffset + records.size())));
        task.put(records);
        nextOffset += records.size();
    }

    /** Puts and expects that all is applied and committable at once. */
    void apply(Change... changes) {
        put(changes);
        assertThat(committable()).isEqualTo(nextOffset);
    }

    /** One call of put with records of any kind; each is made for its offset. */
    void putAll(List<LongFunction<SinkRecord>> makers) {
        List<SinkRecord> records = new ArrayList<>();
        makers.forEach(maker -> records.add(maker.apply(nextOffset + records.size())));
        task.put(records);
        nextOffset += records.size();
    }

    void putRaw(SinkRecord record) {
        task.put(List.of(record));
    }

    /** The offset that may be committed now. */
    long committable() {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(nextOffset)));
        return Objects.requireNonNull(offsets.get(PARTITION)).offset();
    }

    /** Calls put without records, as a worker does, until everything is applied. */
    void awaitApplied() {
        await().pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
            put();
            assertThat(committable()).isEqualTo(nextOffset);
        });
    }

    /** What was reported as a dead letter so far: the offset of each record, and why. */
    Map<Long, Throwable> deadLetters() {
        return context.deadLetters;
    }

    RecordingContext context() {
        return context;
    }

    AlignmentSinkTask task() {
        return task;
    }

    @Override
    public void close() {
        task.stop();
    }

    /** What the task asked of the worker. */
    static final class RecordingContext implements SinkTaskContext {
        private final Map<Long, Throwable> deadLetters = new LinkedHashMap<>();
        private long timeout = -1;
        private int reports;

        /** How many dead letters were reported, those that were reported again included. */
        int reports() {
            return reports;
        }

        /** The pause that was asked for last, -1 for none. */
        long lastTimeout() {
            return timeout;
        }

        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public void offset(Map<TopicPartition, Long> offsets) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void offset(TopicPartition partition, long offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void timeout(long millis) {
            timeout = millis;
        }

        @Override
        public Set<TopicPartition> assignment() {
            return Set.of(PARTITION);
        }

        @Override
        public void pause(TopicPartition... partitions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resume(TopicPartition... partitions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void requestCommit() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ErrantRecordReporter errantRecordReporter() {
            return (record, error) -> {
                reports++;
                deadLetters.put(record.kafkaOffset(), error);
                return CompletableFuture.completedFuture(null);
            };
        }
    }

    /** Forgets what came from the partition, as in a rebalance. */
    void close(Collection<TopicPartition> partitions) {
        task.close(partitions);
    }
}
