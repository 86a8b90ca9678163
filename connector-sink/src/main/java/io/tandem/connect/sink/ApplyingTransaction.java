package io.tandem.connect.sink;

import io.tandem.clock.Alarm;
import io.tandem.clock.Reconciler;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.database.AggregateLocks;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.LedgerEntry;
import io.tandem.connect.database.LedgerEntry.Kind;
import io.tandem.connect.database.Note;
import io.tandem.connect.sink.AggregateWriter.Written;
import io.tandem.connect.sink.Preparation.Prepared;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.jdbi.v3.core.Handle;

/**
 * Applies a batch in one transaction: lock, {@linkplain Preparation fold the journal}, decide, write.
 *
 * <p><b>Invariant (locked before folded).</b> Roots and children are locked before the journal is read. What committed
 * before the lock is in the journal and counts as a local write; what comes later waits for us and is a later write.
 *
 * <p><b>Invariant (no waiting while holding).</b> The lock-reads skip what is held by others, and the writes give up at
 * once, so the application never waits for a sink that waits for the application.
 *
 * <p>Not thread-safe: used by one thread at a time.
 */
final class ApplyingTransaction {

    // how long a starving aggregate may wait for the one lock that it has always met, holding none
    private static final Duration FIRST_LOCK_WAIT = Duration.ofSeconds(2);

    private final Database database;
    private final AlignedAggregate aligned;
    private final Reconciler reconciler;
    private final String self;
    private final DecisionLog log;
    private final Preparation preparation;
    private final LockReads locks;
    private final AggregateWriter writer;
    private final LedgerKeeper ledger;

    ApplyingTransaction(
            Database database,
            AlignedAggregate aligned,
            Reconciler reconciler,
            String self,
            DecisionLog log,
            Preparation preparation,
            LedgerKeeper ledger) {
        this.database = database;
        this.aligned = aligned;
        this.reconciler = reconciler;
        this.self = self;
        this.log = log;
        this.preparation = preparation;
        this.ledger = ledger;
        AggregateLocks rowLocks = new AggregateLocks(database.dialect(), aligned.aggregate());
        this.locks = new LockReads(aligned, rowLocks);
        this.writer = new AggregateWriter(database.dialect(), aligned, rowLocks);
    }

    /** What a transaction did; nothing is prepared if all of its aggregates are busy. */
    private record Applied(
            Map<AggregateKey, Optional<BusyRow>> busy,
            List<Judged> judged,
            List<LedgerEntry> told,
            Optional<Prepared> prepared) {}

    /**
     * Applies.
     *
     * @param batch at most one entry per aggregate
     * @param first a row whose lock is waited for before anything else
     * @return the aggregates that are busy, each with the row that is; all others are applied and committed
     * @throws io.tandem.connect.database.DatabaseException classified; then nothing of the batch is applied
     * @throws ForgottenWritesException if nothing may be applied any more
     */
    Map<AggregateKey, Optional<BusyRow>> apply(List<Incoming> batch, Optional<BusyRow> first) {
        Applied applied;
        try {
            applied = database.inTransaction(
                    handle -> apply(handle, batch, first),
                    handle -> database.dialect().session().end(handle));
        } catch (ForgottenWritesException e) {
            tell(ledger.refused(Kind.ALARM, e.incoming(), e.stored(), Alarm.FORGOTTEN_OWN_WRITES.meaning()));
            throw e;
        }
        // only what is committed is told
        applied.judged().forEach(log::decided);
        log.overwroteUnclocked(applied.told());
        applied.prepared().ifPresent(preparation::committed);
        return applied.busy();
    }

    /**
     * Writes into the ledger that an aggregate cannot be applied since another row holds one of its unique values.
     *
     * @param rule the constraint
     * @throws io.tandem.connect.database.DatabaseException classified
     */
    void tellClash(Incoming incoming, String rule) {
        Version stored = database.withHandle(handle -> aligned.clocks()
                .read(handle.getConnection(), List.of(incoming.key()))
                .getOrDefault(incoming.key(), ClockRow.unclocked(incoming.key()))
                .version());
        tell(ledger.refused(Kind.UNIQUE_KEY, incoming, stored, rule));
    }

    private void tell(LedgerEntry entry) {
        database.inTransaction(handle -> {
            aligned.ledger().insert(handle.getConnection(), List.of(entry));
            return null;
        });
    }

    private Applied apply(Handle handle, List<Incoming> batch, Optional<BusyRow> first) throws SQLException {
        Connection connection = handle.getConnection();
        database.dialect().session().beginApplying(handle, aligned.aggregate().name(), FIRST_LOCK_WAIT);
        if (first.isPresent()) {
            locks.await(connection, first.get());
        }
        Locked locked = locks.lock(connection, batch.stream().map(Incoming::key).toList());
        if (locked.keys().isEmpty()) {
            return new Applied(locked.busy(), List.of(), List.of(), Optional.empty());
        }
        Prepared prepared = preparation.prepare(batch, locked);
        List<Judged> judged = new ArrayList<>();
        for (Incoming incoming : prepared.judged()) {
            ClockRow stored = Objects.requireNonNull(prepared.rows().get(incoming.key()));
            judged.add(new Judged(incoming, stored, reconciler.reconcile(stored.version(), incoming.version())));
        }
        database.dialect().session().beginWriting(handle);
        List<Incoming> winners = judged.stream()
                .filter(Judged::takesIncomingData)
                .map(Judged::incoming)
                .filter(incoming -> !prepared.keepingData().contains(incoming.key()))
                .toList();
        List<LedgerEntry> told = ledger.entries(
                connection,
                judged.stream()
                        .filter(one ->
                                !prepared.keepingData().contains(one.incoming().key()))
                        .toList(),
                prepared.unclocked());
        Map<AggregateKey, ClockRow> versions = versions(judged, prepared);
        Written data = writer.write(connection, winners, versions, locked.rows());
        writeClocks(connection, versions, data.versions(), locked);
        aligned.ledger().insert(connection, told);
        aligned.journal()
                .delete(connection, prepared.notes().stream().map(Note::id).toList());
        aligned.rowJournals().delete(connection, prepared.rowNotes());
        refuseEcho(connection, winners, data.references(), versions.values());
        return new Applied(locked.busy(), judged, told, Optional.of(prepared));
    }

    /** The versions that are to be written: those of the winners, and what else is not what is stored. */
    private Map<AggregateKey, ClockRow> versions(List<Judged> judged, Prepared prepared) {
        Map<AggregateKey, ClockRow> versions = new LinkedHashMap<>();
        for (Judged one : judged) {
            ClockRow after = after(one);
            AggregateKey key = one.incoming().key();
            if (one.takesIncomingData() || prepared.written().contains(key) || !after.equals(one.stored())) {
                versions.put(key, after);
            }
        }
        return versions;
    }

    /** @param withData those that were written with the data */
    private void writeClocks(
            Connection connection, Map<AggregateKey, ClockRow> versions, Set<AggregateKey> withData, Locked locked)
            throws SQLException {
        List<ClockRow> inserts = new ArrayList<>();
        List<ClockRow> updates = new ArrayList<>();
        for (ClockRow version : versions.values()) {
            if (!withData.contains(version.key())) {
                (locked.clocks().containsKey(version.key()) ? updates : inserts).add(version);
            }
        }
        aligned.clocks().insert(connection, inserts);
        aligned.clocks().update(connection, updates);
        aligned.clocks().writtenBesideData(connection, withData);
    }

    private ClockRow after(Judged one) {
        ClockRow stored = one.stored();
        Version incoming = one.incoming().version();
        boolean deleted = one.takesIncomingData() ? one.incoming().isDeleted() : stored.deleted();
        // what the peer has seen of our counter was in our topic, so it need not be published again;
        // but a value below 0 is a wish to send it again, whoever knows it
        long published = stored.published() < 0
                ? stored.published()
                : Math.max(stored.published(), incoming.clock().counter(self));
        return new ClockRow(stored.key(), one.version(), deleted, published);
    }

    /** A flag that the triggers did not see would make every applied record travel back, for ever. */
    private void refuseEcho(
            Connection connection,
            List<Incoming> winners,
            List<Set<AggregateKey>> references,
            Collection<ClockRow> clocks)
            throws SQLException {
        List<AggregateKey> written = winners.stream().map(Incoming::key).toList();
        if (written.isEmpty()) {
            return;
        }
        Set<AggregateKey> echoed = new LinkedHashSet<>(aligned.journal().notedBySelf(connection, written));
        echoed.addAll(aligned.clocks().stampedOver(connection, clocks));
        echoed.addAll(aligned.rowJournals().notedBySelf(connection, references));
        if (!echoed.isEmpty()) {
            throw new ConnectException("the triggers of " + aligned.aggregate().name()
                    + " noted the sink's own write of " + echoed.iterator().next()
                    + " as a local one: its session lost the flag that tells them apart, or the triggers are not those "
                    + "of this version. Nothing was applied. Is there a proxy that hands out another session within a "
                    + "transaction? Reinstall the triggers with clock.install=create");
        }
    }
}
