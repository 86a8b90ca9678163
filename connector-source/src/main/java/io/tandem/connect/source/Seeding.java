package io.tandem.connect.source;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.Note;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives rows without a clock this master's first version, by noting them in the journal page by page; they then take the
 * way of every local write. Starts over after a restart, and finds nothing to do where it was.
 */
final class Seeding {

    private static final Logger LOG = LoggerFactory.getLogger(Seeding.class);

    // when the row was written is not known: a write that was noted, on whichever master, must win against it
    private static final long BEFORE_EVERY_WRITE = 1;

    private final Database database;
    private final AlignedAggregate aligned;
    private final int pageSize;

    private boolean done;
    private @Nullable AggregateKey last;
    private long seeded;

    /** @param enabled whether there is anything to do at all */
    Seeding(Database database, AlignedAggregate aligned, int pageSize, boolean enabled) {
        this.database = database;
        this.aligned = aligned;
        this.pageSize = pageSize;
        this.done = !enabled;
    }

    boolean isDone() {
        return done;
    }

    /** Notes the unclocked aggregates of the next page. */
    void nextPage() {
        List<AggregateKey> page = database.inTransaction(handle -> {
            Connection connection = handle.getConnection();
            List<AggregateKey> keys = aligned.tables().keysAfter(connection, last, pageSize);
            if (!keys.isEmpty()) {
                seed(connection, keys);
            }
            return keys;
        });
        if (page.isEmpty()) {
            done = true;
            LOG.info(
                    "seeding of {} is complete, {} rows had no clock",
                    aligned.aggregate().name(),
                    seeded);
        } else {
            last = page.get(page.size() - 1);
        }
    }

    private void seed(Connection connection, List<AggregateKey> keys) throws SQLException {
        Map<AggregateKey, ClockRow> clocked = aligned.clocks().read(connection, keys);
        Set<AggregateKey> noted = new HashSet<>();
        for (Note note : aligned.journal().notes(connection, keys)) {
            noted.add(note.key());
        }
        List<AggregateKey> unclocked = keys.stream()
                .filter(key -> !clocked.containsKey(key) && !noted.contains(key))
                .toList();
        if (!unclocked.isEmpty()) {
            aligned.journal().insert(connection, unclocked, BEFORE_EVERY_WRITE);
            seeded += unclocked.size();
        }
    }
}
