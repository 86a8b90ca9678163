package io.tandem.connect.database;

import io.tandem.connect.aggregate.AggregateKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Finds the aggregates of a task that have something to be sent: a note in the journal, or an own counter that is not
 * published. Both are states, not positions, so that a transaction that commits late is not missed.
 *
 * <p><b>Invariant (cheap when idle).</b> A look costs the same however many rows the tables have, and hardly more while a
 * transaction that stays open keeps the server from removing what is deleted (see {@link JournalFloor}).
 *
 * <p>Not thread-safe: belongs to one task.
 */
public final class PendingKeys {

    private final AlignedAggregate aligned;
    private final TaskShare share;
    private final JournalFloor floor;
    private final List<JournalFloor> rowFloors;
    private final LookPace unpublishedLooks;

    /** @param nanoTime the time in nanoseconds since any moment, as {@link System#nanoTime} */
    public PendingKeys(AlignedAggregate aligned, TaskShare share, LongSupplier nanoTime) {
        this.aligned = aligned;
        this.share = share;
        this.floor = new JournalFloor(nanoTime);
        this.rowFloors = aligned.rowJournals().floors(nanoTime);
        this.unpublishedLooks = new LookPace(nanoTime);
    }

    /**
     * Turns notes about rows into notes about aggregates, which {@link #noted} then finds.
     *
     * @param limit how many notes to take of each journal of rows at most
     * @return how many were taken
     */
    public int relay(int limit) {
        return aligned.rowJournals().relay(limit, rowFloors);
    }

    /**
     * The keys of the oldest notes, each once, oldest first.
     *
     * @param notes how many notes to look at
     */
    public Collection<AggregateKey> noted(Connection connection, int notes) throws SQLException {
        return aligned.journal().oldestKeys(connection, notes, share, floor);
    }

    /**
     * Keys whose own counter is not published, as after a restart. Where there is a journal these are few, so that there
     * may be a pause between looks that take long; then none are told.
     *
     * @param limit how many keys at most
     */
    public List<AggregateKey> unpublished(Connection connection, int limit) throws SQLException {
        boolean allComeThisWay = aligned.clocks().areStampedByOthers();
        if (!allComeThisWay && !unpublishedLooks.isDue()) {
            return List.of();
        }
        long begun = unpublishedLooks.begin();
        List<AggregateKey> keys = aligned.clocks().pending(connection, limit, share);
        unpublishedLooks.looked(begun, keys.size() < limit);
        return keys;
    }
}
