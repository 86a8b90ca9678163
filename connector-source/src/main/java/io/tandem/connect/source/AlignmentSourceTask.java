package io.tandem.connect.source;

import io.tandem.connect.PluginVersion;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.DatabaseException;
import io.tandem.connect.database.ErrorKind;
import io.tandem.connect.database.InvalidAggregateException;
import io.tandem.connect.database.UnreadableRowException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Reads the pending aggregates of its share of the keys. What it does in a poll is in {@link Publication}. */
public final class AlignmentSourceTask extends SourceTask {

    private @Nullable AlignmentSourceConfig config;
    private @Nullable Database database;
    private @Nullable PublicationWindow window;
    private @Nullable Publication publication;
    private volatile @Nullable LedgerFeed ledger;
    private final Outage outage = new Outage();
    private @Nullable ExecutorService thread;
    private @Nullable Lookahead<List<SourceRecord>> looks;
    private final @Nullable Executor executor;

    /** For Connect: looks ahead in a thread of its own. */
    public AlignmentSourceTask() {
        this(null);
    }

    /** @param executor looks ahead; null for a thread of the task's own */
    AlignmentSourceTask(@Nullable Executor executor) {
        this.executor = executor;
    }

    @Override
    public String version() {
        return PluginVersion.get();
    }

    /** Does not connect: a database that is down when the worker starts must not fail the task. */
    @Override
    public void start(Map<String, String> props) {
        config = new AlignmentSourceConfig(props);
        database = Database.open(
                config.connection(), config.master() + "-" + config.aggregate().name() + "-source", 1);
        window = new PublicationWindow(config.acknowledgeDropped());
        looks = new Lookahead<>(executor == null ? ownThread(config) : executor, this::look);
    }

    private Executor ownThread(AlignmentSourceConfig settings) {
        String name = "tandem-" + settings.master() + "-" + settings.aggregate().name() + "-source-"
                + settings.share().task();
        ExecutorService own = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, name);
            made.setDaemon(true);
            return made;
        });
        thread = own;
        return own;
    }

    private List<SourceRecord> look() throws InterruptedException {
        List<SourceRecord> records = new ArrayList<>(publication().poll());
        LedgerFeed feed = ledger;
        if (feed != null) {
            records.addAll(feed.next());
        }
        return records;
    }

    /**
     * Never waits for longer than the poll interval, so that the task stops within a second. While the worker is busy with
     * the records that it gets, the next ones are looked for.
     */
    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        try {
            List<SourceRecord> records = started(looks).next();
            outage.over();
            if (records.isEmpty()) {
                return null;
            }
            started(looks).begin();
            return records;
        } catch (DatabaseException e) {
            if (mayBeOutdated(e.kind()) && outage.isFirst(e)) {
                // the window stays: what is in flight is not sent a second time
                publication = null;
            } else {
                outage.waitOrFail(e);
            }
            return null;
        } catch (UnreadableRowException e) {
            throw new DataException(e.getMessage(), e);
        } catch (InvalidAggregateException e) {
            throw new ConnectException(e.setting() + ": " + e.getMessage(), e);
        }
    }

    /** A driver has no code for a number that is too large for the type that its column had. */
    private static boolean mayBeOutdated(ErrorKind kind) {
        return kind == ErrorKind.OUTDATED || kind == ErrorKind.DATA || kind == ErrorKind.OTHER;
    }

    private Publication publication() {
        if (publication == null) {
            AlignmentSourceConfig settings = started(config);
            AlignedAggregate aligned = AlignedAggregate.open(
                    started(database),
                    settings.aggregate(),
                    settings.masters(),
                    settings.master(),
                    settings.createsClocks());
            publication = new Publication(settings, started(database), aligned, started(window), Clock.systemUTC());
            // one task is enough for what is rare
            ledger = settings.ledgerTopic()
                    .filter(topic -> settings.share().task() == 0)
                    .map(topic ->
                            new LedgerFeed(started(database), aligned, settings.master(), topic, Clock.systemUTC()))
                    .orElse(null);
        }
        return publication;
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new ConnectException("the task is not started");
        }
        return part;
    }

    /** Called by the producer's thread; the database is told later, by the task's own thread, in batches. */
    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        LedgerFeed feed = ledger;
        if (feed != null && record instanceof LedgerSourceRecord entry) {
            if (metadata != null || started(config).acknowledgeDropped()) {
                feed.answered(entry);
            }
            return;
        }
        PublicationWindow open = window;
        if (open != null && record instanceof AlignmentSourceRecord sent) {
            if (metadata == null) {
                open.dropped(sent);
            } else {
                open.acknowledged(sent);
            }
        }
    }

    @Override
    public void stop() {
        try {
            List<SourceRecord> neverSent =
                    looks == null ? List.of() : looks.settle().orElse(List.of());
            if (publication != null) {
                publication.stop(neverSent);
            }
        } catch (InterruptedException e) {
            // the other thread may still be at it: what is not saved is sent again
            Thread.currentThread().interrupt();
        } finally {
            publication = null;
            looks = null;
            if (thread != null) {
                thread.shutdownNow();
                thread = null;
            }
            if (database != null) {
                database.close();
                database = null;
            }
        }
    }
}
