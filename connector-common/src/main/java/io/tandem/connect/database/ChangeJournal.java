package io.tandem.connect.database;

import io.tandem.connect.aggregate.AggregateKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Where the triggers note that an aggregate was written. Thread-safe. */
public interface ChangeJournal {

    /**
     * The keys of the oldest notes, each once, oldest first.
     *
     * @param notes how many notes to look at
     * @param floor where this reader looks from
     */
    Set<AggregateKey> oldestKeys(Connection connection, int notes, TaskShare share, JournalFloor floor)
            throws SQLException;

    /** All notes of these keys. */
    List<Note> notes(Connection connection, List<AggregateKey> keys) throws SQLException;

    /** All notes of these keys, or as many as {@code limit} of them: then there may be more. */
    List<Note> notes(Connection connection, List<AggregateKey> keys, int limit) throws SQLException;

    /**
     * Deletes notes beside which there is a later one about the same aggregate. Folding the later one gives what folding
     * all of them gives, so this changes no version. It locks what it looks at, so that nobody folds the later one
     * meanwhile, and leaves out what somebody else works on.
     *
     * @param limit how many notes to look at at most
     * @return how many are deleted
     */
    int thinOut(Connection connection, List<AggregateKey> keys, int limit) throws SQLException;

    /** Deletes notes by id, and only those: a note that was committed since they were read stays. */
    void delete(Connection connection, List<Long> ids) throws SQLException;

    /**
     * Some of those among {@code keys} that have a note by this very session: proof that the triggers did not see the flag of an
     * applying transaction.
     */
    Set<AggregateKey> notedBySelf(Connection connection, List<AggregateKey> keys) throws SQLException;
}
