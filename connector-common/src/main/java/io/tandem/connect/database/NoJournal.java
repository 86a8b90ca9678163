package io.tandem.connect.database;

import io.tandem.connect.aggregate.AggregateKey;
import java.sql.Connection;
import java.util.List;
import java.util.Set;

/** The journal where nothing is noted, since every write is counted at once. Nothing here runs a statement. */
final class NoJournal implements ChangeJournal {

    @Override
    public Set<AggregateKey> oldestKeys(Connection connection, int notes, TaskShare share, JournalFloor floor) {
        return Set.of();
    }

    @Override
    public List<Note> notes(Connection connection, List<AggregateKey> keys) {
        return List.of();
    }

    @Override
    public List<Note> notes(Connection connection, List<AggregateKey> keys, int limit) {
        return List.of();
    }

    @Override
    public int thinOut(Connection connection, List<AggregateKey> keys, int limit) {
        return 0;
    }

    @Override
    public void delete(Connection connection, List<Long> ids) {
        if (!ids.isEmpty()) {
            throw new IllegalArgumentException("there is no journal to delete notes from");
        }
    }

    @Override
    public Set<AggregateKey> notedBySelf(Connection connection, List<AggregateKey> keys) {
        return Set.of();
    }
}
