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
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives records and offsets; what happens to them is in {@link Reception}. */
public final class AlignmentSinkTask extends SinkTask {

    private static final long OUTAGE_PAUSE_MILLIS = 500;
    // how soon to come back when something is waiting, and when nothing is
    private static final long DEFERRED_PAUSE_MILLIS = 10;
    private static final long STOP_LIMIT_SECONDS = 3;
    // looks up tables and time
    private static final int FURTHER_SESSIONS = 1;

    private static final Logger LOG = LoggerFactory.getLogger(AlignmentSinkTask.class);

    private @Nullable AlignmentSinkConfig config;
    private @Nullable Database database;
    private @Nullable Reception reception;
    private @Nullable ExecutorService threads;
    private final @Nullable Executor executor;

    /** A task that applies in threads of its own. */
    public AlignmentSinkTask() {
        this(null);
    }

    /** @param executor applies; null for threads of the task's own */
    AlignmentSinkTask(@Nullable Executor executor) {
        this.executor = executor;
    }

    @Override
    public String version() {
        return PluginVersion.get();
    }

    /** Does not connect: a database that is down when the worker starts must not fail the task. */
    @Override
    public void start(Map<String, String> props) {
        config = new AlignmentSinkConfig(props);
        String name = config.master() + "-" + config.aggregate().name() + "-sink";
        database = Database.open(config.connection(), name, config.sessions() + FURTHER_SESSIONS);
        threads = Executors.newFixedThreadPool(config.sessions(), work -> {
            Thread applying = new Thread(work, "tandem-" + name);
            applying.setDaemon(true);
            return applying;
        });
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
            // a pass and all lanes but its own: a pass never waits for a thread
            Executor used = executor == null ? started(threads) : executor;
            reception = new Reception(
                    () -> Access.open(open, settings, reconciler, log, inbox, deadLetters, used),
                    inbox,
                    settings.batchSize(),
                    skew,
                    deadLetters,
                    used);
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
        if (threads != null) {
            // what is being applied is applied, or rolled back when its connection is closed
            threads.shutdownNow();
            awaitEnd(threads);
            threads = null;
        }
        if (database != null) {
            database.close();
            database = null;
        }
    }

    private static void awaitEnd(ExecutorService threads) {
        try {
            if (!threads.awaitTermination(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a transaction is still running while the task stops; it is cut");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
