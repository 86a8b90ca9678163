package io.tandem.connect.sink;

import io.tandem.clock.Reconciler;
import io.tandem.connect.PluginVersion;
import io.tandem.connect.config.DatabaseFailures;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.DatabaseException;
import io.tandem.connect.database.ErrorKind;
import io.tandem.connect.database.InvalidAggregateException;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/** Receives records and offsets; what happens to them is in {@link Reception}. */
public final class AlignmentSinkTask extends SinkTask {

    private static final long OUTAGE_PAUSE_MILLIS = 500;
    // how soon to come back when something is waiting, and when nothing is
    private static final long DEFERRED_PAUSE_MILLIS = 10;

    private @Nullable AlignmentSinkConfig config;
    private @Nullable Database database;
    private @Nullable Reception reception;

    @Override
    public String version() {
        return PluginVersion.get();
    }

    /** Does not connect: a database that is down when the worker starts must not fail the task. */
    @Override
    public void start(Map<String, String> props) {
        config = new AlignmentSinkConfig(props);
        database = Database.open(
                config.connection(), config.master() + "-" + config.aggregate().name() + "-sink", 1);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        try {
            Reception open = reception();
            open.receive(records);
            if (open.isWaiting()) {
                context.timeout(DEFERRED_PAUSE_MILLIS);
            }
        } catch (RetriableException e) {
            context.timeout(OUTAGE_PAUSE_MILLIS);
            throw e;
        } catch (DatabaseException e) {
            if (e.kind() == ErrorKind.UNAVAILABLE || e.kind() == ErrorKind.LOCK) {
                context.timeout(OUTAGE_PAUSE_MILLIS);
                throw new RetriableException("the database does not answer: " + e.getMessage(), e);
            }
            throw DatabaseFailures.fatal("cannot look up the aggregate's tables", e);
        } catch (InvalidAggregateException e) {
            throw new ConnectException(e.setting() + ": " + e.getMessage(), e);
        }
    }

    private Reception reception() {
        if (reception == null) {
            AlignmentSinkConfig settings = started(config);
            Database open = started(database);
            DecisionLog log = new DecisionLog(
                    settings.aggregate().name(), settings.policy().id());
            Reconciler reconciler = new Reconciler(settings.policy());
            if (settings.isRecovery()) {
                log.recovering();
            }
            Inbox inbox = new Inbox(reconciler);
            DeadLetters deadLetters = new DeadLetters(context.errantRecordReporter(), settings.toleratesErrors());
            SkewWatch skew = new SkewWatch(
                    settings.aggregate().name(),
                    settings.maxSkew(),
                    settings.refusesSkew(),
                    new DatabaseClock(open, System::nanoTime),
                    System::nanoTime);
            reception = new Reception(
                    () -> Access.open(open, settings, reconciler, log, inbox, deadLetters),
                    inbox,
                    settings.batchSize(),
                    skew,
                    deadLetters);
        }
        return reception;
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new ConnectException("the task is not started");
        }
        return part;
    }

    /** Only what is applied is committed. */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        return reception == null ? Map.of() : reception.committable(currentOffsets);
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        if (reception != null) {
            reception.forget(partitions);
        }
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
            database = null;
        }
    }
}
