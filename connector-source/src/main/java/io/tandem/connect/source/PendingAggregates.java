package io.tandem.connect.source;

import io.tandem.connect.aggregate.Aggregate.RowReference;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.BatchPace;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.Fold;
import io.tandem.connect.database.Note;
import io.tandem.connect.database.PendingKeys;
import io.tandem.connect.database.RowNote;
import io.tandem.connect.database.TaskShare;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Finds what is pending and makes it ready to be sent. Pending is a state (a note in the journal, or an own counter above
 * the published one), not a position, so that a transaction that commits late is not missed.
 *
 * <p>Reads first and folds afterwards: one snapshot gives clocks, notes and data; a short second transaction writes the
 * folded versions, provided that nobody changed the clock rows in between (the sink may have). So no lock is held while
 * the data is read, and what is sent under a version is exactly the data of that version.
 *
 * <p>Not thread-safe: used by one task's thread.
 */
final class PendingAggregates {

    // bounds a transaction, not a poll: what is left is taken by the next poll
    private static final int ROW_NOTES_PER_POLL = 5000;
    // bounds what is in memory: an aggregate that is written all the time while Kafka is down has any number of notes
    private static final int NOTES_PER_AGGREGATE = 10;
    private static final int FEWEST_NOTES = 10_000;

    private final Database database;
    private final AlignedAggregate aligned;
    private final String self;
    private final PendingKeys looks;
    private final BatchPace pace;
    private final Clock clock;
    private final int mostNotes;
    private boolean thinning;
    private boolean mayBeMore;

    PendingAggregates(
            Database database, AlignedAggregate aligned, String self, TaskShare share, BatchPace pace, Clock clock) {
        this.database = database;
        this.aligned = aligned;
        this.self = self;
        this.looks = new PendingKeys(aligned, share, System::nanoTime);
        this.pace = pace;
        this.clock = clock;
        this.mostNotes = Math.max(FEWEST_NOTES, NOTES_PER_AGGREGATE * pace.most());
    }

    /**
     * The next aggregates to send; their versions are durable when this returns.
     *
     * @param window what is on its way already and must not be sent a second time meanwhile
     */
    List<Published> next(PublicationWindow window) {
        looks.relay(ROW_NOTES_PER_POLL);
        List<AggregateKey> keys = candidates(window);
        if (keys.isEmpty()) {
            return List.of();
        }
        return publish(keys, Set.of());
    }

    /** True if the last look found as many as it may take, so that there may be others. */
    boolean mayBeMore() {
        return mayBeMore;
    }

    /** True if nothing was sent since there were too many notes, so that the next look should come at once. */
    boolean isThinning() {
        return thinning;
    }

    /** Those of some root keys that have no version. */
    List<AggregateKey> unclocked(List<AggregateKey> keys) {
        Map<AggregateKey, ClockRow> clocks =
                database.withHandle(handle -> aligned.clocks().read(handle.getConnection(), keys));
        return keys.stream()
                .filter(key -> clocks.getOrDefault(key, ClockRow.unclocked(key)).isUnclocked())
                .toList();
    }

    /**
     * Gives aggregates that have no version their first one, as a write of this master that happened before every other,
     * and makes them ready to be sent; leaves out what somebody else holds.
     */
    List<Published> seed(List<AggregateKey> unclocked) {
        return publish(unclocked, Set.copyOf(unclocked));
    }

    private List<Published> publish(List<AggregateKey> keys, Set<AggregateKey> seeds) {
        Optional<Snapshot> snapshot = pace.run(keys.size(), () -> snapshot(keys));
        // once in a poll, which stays short so
        thinning = snapshot.isEmpty() && thinOut(keys) > 0;
        return snapshot.map(complete -> publish(complete, seeds)).orElse(List.of());
    }

    private int thinOut(List<AggregateKey> keys) {
        return looks.relay(ROW_NOTES_PER_POLL)
                + database.inTransaction(handle -> aligned.journal().thinOut(handle.getConnection(), keys, mostNotes));
    }

    private List<AggregateKey> candidates(PublicationWindow window) {
        Instant now = clock.instant();
        return database.withHandle(handle -> {
            Connection connection = handle.getConnection();
            Set<AggregateKey> keys = new LinkedHashSet<>();
            // what is in flight may stand first in both places and must not hide the rest
            int most = pace.size();
            int limit = most + window.inFlight();
            for (AggregateKey key : looks.noted(connection, limit)) {
                if (keys.size() < most && !window.isInFlight(key)) {
                    keys.add(key);
                }
            }
            if (keys.size() < most) {
                for (AggregateKey key : looks.unpublished(connection, limit + window.withheld())) {
                    if (keys.size() < most && !window.isInFlight(key) && !window.isWithheld(key, now)) {
                        keys.add(key);
                    }
                }
            }
            mayBeMore = keys.size() >= most;
            return List.copyOf(keys);
        });
    }

    /** Empty if there are too many notes: with some of them only, the version would not count all that the data holds. */
    private Optional<Snapshot> snapshot(List<AggregateKey> keys) {
        return database.inSnapshot(handle -> {
            Connection connection = handle.getConnection();
            Map<AggregateKey, ClockRow> clocks = aligned.clocks().read(connection, keys);
            List<Note> notes = aligned.journal().notes(connection, keys, mostNotes);
            if (notes.size() >= mostNotes) {
                return Optional.empty();
            }
            Map<AggregateKey, AggregateState> states = aligned.tables().read(connection, keys);
            List<RowNote> rowNotes = rowNotes(connection, states);
            return rowNotes.size() >= mostNotes
                    ? Optional.empty()
                    : Optional.of(new Snapshot(keys, clocks, notes, rowNotes, states));
        });
    }

    /** What was noted about rows of these aggregates since the relay: the data holds it, so the version must count it. */
    private List<RowNote> rowNotes(Connection connection, Map<AggregateKey, AggregateState> states)
            throws SQLException {
        List<Map<AggregateKey, AggregateKey>> owners = new ArrayList<>();
        for (RowReference reference : aligned.rowJournals().references()) {
            owners.add(aligned.tables().owners(reference, states));
        }
        return aligned.rowJournals().notes(connection, owners, mostNotes);
    }

    /** @param seeds what counts as written, though nobody noted when, unless it has a version or a note by now */
    private List<Published> publish(Snapshot snapshot, Set<AggregateKey> seeds) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        Fold.Result folded = aligned.fold()
                .apply(
                        snapshot.keys(),
                        snapshot.clocks(),
                        snapshot.notesAnd(seeds),
                        snapshot.states().keySet(),
                        now);
        Set<AggregateKey> durable = folded.written().isEmpty()
                ? Set.of()
                : pace.run(
                        snapshot.keys().size(),
                        () -> aligned.clocks().inTransaction(database, handle -> write(handle, snapshot, folded)));
        List<Published> published = new ArrayList<>();
        for (AggregateKey key : snapshot.keys()) {
            ClockRow row = Objects.requireNonNull(folded.rows().get(key));
            boolean sendable = durable.contains(key) || !folded.written().contains(key);
            if (sendable && row.version().clock().counter(self) > row.published()) {
                published.add(new Published(
                        key,
                        row.version(),
                        row.version().clock().counter(self),
                        row.deleted() ? null : snapshot.states().get(key)));
            }
        }
        return published;
    }

    /**
     * Writes the folded versions whose stored rows are still as in the snapshot; returns their keys. An aggregate with a
     * note about a row that another task takes just now is left to the next poll.
     */
    private Set<AggregateKey> write(Handle handle, Snapshot snapshot, Fold.Result folded) throws SQLException {
        Connection connection = handle.getConnection();
        Map<AggregateKey, ClockRow> locked = aligned.clocks().lock(connection, List.copyOf(folded.written()));
        Map<AggregateKey, ClockRow> inserts = new HashMap<>();
        Map<AggregateKey, ClockRow> updates = new HashMap<>();
        Set<AggregateKey> busy = aligned.rowJournals().lock(connection, snapshot.rowNotes());
        if (aligned.clocks().areStampedByOthers()) {
            database.dialect().session().beginWriting(handle);
        }
        for (AggregateKey key : folded.written()) {
            if (busy.contains(key)) {
                continue;
            }
            ClockRow row = Objects.requireNonNull(folded.rows().get(key));
            ClockRow before = snapshot.clocks().get(key);
            ClockRow now = locked.get(key);
            if (before == null && now == null) {
                inserts.put(key, row);
            } else if (before != null && now != null && before.sameState(now)) {
                updates.put(key, row.published(now.published()));
            }
        }
        aligned.clocks().insert(connection, inserts.values());
        aligned.clocks().update(connection, updates.values());
        Set<AggregateKey> written = new LinkedHashSet<>(inserts.keySet());
        written.addAll(updates.keySet());
        aligned.journal()
                .delete(
                        connection,
                        snapshot.notes().stream()
                                .filter(note -> written.contains(note.key()))
                                .map(Note::id)
                                .toList());
        aligned.rowJournals()
                .delete(
                        connection,
                        snapshot.rowNotes().stream()
                                .filter(note -> written.contains(note.note().key()))
                                .toList());
        return written;
    }
}
