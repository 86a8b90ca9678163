package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.RowReference;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.database.RowJournal.LockedNotes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * All journals of rows that an aggregate has: one per table that children refer to by something else than the aggregate's
 * key. A plain aggregate has none, and nothing here runs a statement. Thread-safe.
 */
public final class RowJournals {

    private final Database database;
    private final JournalTable journal;
    private final List<RowJournal> journals;

    RowJournals(Database database, Aggregate aggregate, JournalTable journal) {
        this(
                database,
                journal,
                aggregate.rowReferences().stream()
                        .map(reference -> new RowJournal(database.dialect(), aggregate, reference))
                        .toList());
    }

    private RowJournals(Database database, JournalTable journal, List<RowJournal> journals) {
        this.database = database;
        this.journal = journal;
        this.journals = journals;
    }

    /** Those of a follower: none. */
    static RowJournals ofFollower(Database database, JournalTable journal) {
        return new RowJournals(database, journal, List.of());
    }

    /** What each of the journals notes, in their order. */
    public List<RowReference> references() {
        return journals.stream().map(RowJournal::reference).toList();
    }

    /**
     * Turns notes about rows into notes about aggregates, in short transactions of its own that wait for nobody.
     *
     * @param limit how many notes to take of each journal at most
     * @param floors where the one who relays looks from, for each journal
     * @return how many were taken
     */
    public int relay(int limit, List<JournalFloor> floors) {
        int taken = 0;
        for (int i = 0; i < journals.size(); i++) {
            RowJournal rows = journals.get(i);
            JournalFloor floor = floors.get(i);
            taken += database.inTransaction(handle -> rows.relay(handle.getConnection(), journal, limit, floor));
        }
        return taken;
    }

    /** As {@link #relay(int, List)}, for somebody who does it once. */
    public int relay(int limit) {
        return relay(limit, floors(System::nanoTime));
    }

    /** Floors for somebody who relays again and again, one for each journal. */
    public List<JournalFloor> floors(LongSupplier nanoTime) {
        return journals.stream().map(rows -> new JournalFloor(nanoTime)).toList();
    }

    /**
     * The notes about rows whose owners are known, without locking them.
     *
     * @param owners for each journal, by reference, the aggregate that the row belongs to
     * @param limit how many notes to read at most; if there are as many there may be more
     */
    public List<RowNote> notes(Connection connection, List<Map<AggregateKey, AggregateKey>> owners, int limit)
            throws SQLException {
        List<RowNote> notes = new ArrayList<>();
        for (int i = 0; i < journals.size(); i++) {
            RowJournal rows = journals.get(i);
            Map<AggregateKey, AggregateKey> ofJournal = owners.get(i);
            int rest = limit - notes.size();
            add(i, rows.read(connection, List.copyOf(ofJournal.keySet()), rest), ofJournal, notes);
        }
        return notes;
    }

    /**
     * Notes that are locked now.
     *
     * @param notes the notes, to be folded and deleted by this transaction
     * @param busy aggregates with a note that another session is turning into one of the aggregate just now
     */
    public record LockedRowNotes(List<RowNote> notes, Set<AggregateKey> busy) {}

    /**
     * Reads and locks the notes about rows that this transaction holds the locks of.
     *
     * @param owners for each journal, by reference, the aggregate that the row belongs to
     */
    public LockedRowNotes lockAndRead(Connection connection, List<Map<AggregateKey, AggregateKey>> owners)
            throws SQLException {
        List<RowNote> notes = new ArrayList<>();
        Set<AggregateKey> busy = new HashSet<>();
        for (int i = 0; i < journals.size(); i++) {
            Map<AggregateKey, AggregateKey> ofJournal = owners.get(i);
            LockedNotes locked = journals.get(i).lock(connection, List.copyOf(ofJournal.keySet()));
            add(i, locked.notes(), ofJournal, notes);
            locked.busy().forEach(reference -> busy.add(Objects.requireNonNull(ofJournal.get(reference))));
        }
        return new LockedRowNotes(notes, busy);
    }

    private void add(int place, List<Row> read, Map<AggregateKey, AggregateKey> owners, List<RowNote> into) {
        RowJournal rows = journals.get(place);
        for (Row note : read) {
            AggregateKey owner = Objects.requireNonNull(owners.get(rows.referenceOf(note)));
            into.add(new RowNote(place, rows.toNote(note, owner)));
        }
    }

    /**
     * Locks notes that were read without a lock.
     *
     * @return the aggregates with a note that is gone or that another session works on
     */
    public Set<AggregateKey> lock(Connection connection, List<RowNote> notes) throws SQLException {
        Set<AggregateKey> busy = new HashSet<>();
        for (int i = 0; i < journals.size(); i++) {
            Map<Long, AggregateKey> owners = new HashMap<>();
            for (RowNote note : notes) {
                if (note.journal() == i) {
                    owners.put(note.note().id(), note.note().key());
                }
            }
            Set<Long> locked = journals.get(i).lock(connection, owners.keySet());
            owners.forEach((id, owner) -> {
                if (!locked.contains(id)) {
                    busy.add(owner);
                }
            });
        }
        return busy;
    }

    /** Deletes notes by id, and only those. */
    public void delete(Connection connection, List<RowNote> notes) throws SQLException {
        for (int i = 0; i < journals.size(); i++) {
            int place = i;
            journals.get(i)
                    .delete(
                            connection,
                            notes.stream()
                                    .filter(note -> note.journal() == place)
                                    .map(note -> note.note().id())
                                    .toList());
        }
    }

    /**
     * Some of the references among these that this very session has noted: proof that the triggers did not see the flag of an
     * applying transaction.
     *
     * @param references for each journal, the references to look for
     */
    public Set<AggregateKey> notedBySelf(Connection connection, List<Set<AggregateKey>> references)
            throws SQLException {
        Set<AggregateKey> noted = new HashSet<>();
        for (int i = 0; i < journals.size(); i++) {
            noted.addAll(journals.get(i).notedBySelf(connection, List.copyOf(references.get(i))));
        }
        return noted;
    }
}
