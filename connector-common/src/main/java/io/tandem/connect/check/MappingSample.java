package io.tandem.connect.check;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.database.AggregateTables;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.DatabaseException;
import io.tandem.connect.database.UnreadableRowException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows of the real tables through the mapping and back, and says which of them would not be the same afterwards.
 *
 * <p>Half of the rows are the first in the order of the aggregate's key, the other half the last: where keys grow with
 * time, these are the oldest and the newest data. Both are found through the key's index, whatever the size of the table.
 * A table with fewer rows is read as a whole. Rows that count as deleted are left out.
 *
 * <p>Nothing is written, a transaction reads no more than a page of aggregates, and no more than that is in memory.
 * Findings name columns and keys, never values. Immutable.
 */
public final class MappingSample {

    private static final int PAGE = 200;

    private final Database database;
    private final Aggregate aggregate;
    private final AggregateTables tables;
    private final String master;
    private final int rows;

    /**
     * @param master the id of the master whose tables these are
     * @param rows how many rows of the root table to read at most
     */
    public MappingSample(Database database, Aggregate aggregate, String master, int rows) {
        this.database = database;
        this.aggregate = aggregate;
        this.tables = new AggregateTables(database.dialect(), aggregate);
        this.master = master;
        this.rows = rows;
    }

    /**
     * What is wrong, one error for all rows with the same trouble; empty if every row comes back as it was.
     *
     * @param transform the settings of the transform, of either direction
     * @throws ConfigException if the mapping does not fit its canonical schema
     * @throws DatabaseException if the rows can't be read at all
     */
    public List<Finding> findings(Map<String, ?> transform) {
        Tally tally = new Tally(aggregate.root().id());
        List<Finding> findings = new ArrayList<>();
        try (RoundTrip roundTrip = new RoundTrip(aggregate, master, transform)) {
            sample(roundTrip, tally);
        } catch (UnreadableRowException e) {
            // of other columns than those of the key it is a trouble of one row
            findings.add(Finding.error("the sample of rows ended early: " + e.place() + ", which is part of the key: "
                    + e.reason() + "; correct it in the table"));
        }
        findings.addAll(0, tally.findings());
        return findings;
    }

    private void sample(RoundTrip roundTrip, Tally tally) {
        int wanted = rows - rows / 2;
        @Nullable AggregateKey last = null;
        while (wanted > 0) {
            @Nullable AggregateKey after = last;
            int limit = Math.min(PAGE, wanted);
            List<AggregateKey> page =
                    database.inSnapshot(handle -> tables.keysAfter(handle.getConnection(), after, limit));
            read(page, roundTrip, tally);
            if (page.size() < limit) {
                return;
            }
            last = page.get(limit - 1);
            wanted -= limit;
        }
        @Nullable AggregateKey middle = last;
        List<AggregateKey> end = new ArrayList<>(
                database.inSnapshot(handle -> tables.lastKeys(handle.getConnection(), middle, rows / 2)));
        Collections.reverse(end);
        for (int from = 0; from < end.size(); from += PAGE) {
            read(end.subList(from, Math.min(end.size(), from + PAGE)), roundTrip, tally);
        }
    }

    private void read(List<AggregateKey> keys, RoundTrip roundTrip, Tally tally) {
        Map<AggregateKey, AggregateState> states;
        try {
            states = database.inSnapshot(handle -> tables.read(handle.getConnection(), keys));
        } catch (UnreadableRowException e) {
            if (keys.size() == 1) {
                tally.add(keys.get(0), Set.of(Trouble.unreadable(e)));
            } else {
                // the rows around it go on: ever smaller parts, until it stands alone
                read(keys.subList(0, keys.size() / 2), roundTrip, tally);
                read(keys.subList(keys.size() / 2, keys.size()), roundTrip, tally);
            }
            return;
        }
        for (AggregateKey key : keys) {
            AggregateState state = states.get(key);
            // null if it was deleted meanwhile, or counts as deleted
            if (state != null) {
                tally.add(key, roundTrip.troubles(key, state));
            }
        }
    }
}
