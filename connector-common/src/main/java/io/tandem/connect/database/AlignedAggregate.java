package io.tandem.connect.database;

import io.tandem.clock.Masters;
import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.database.dialect.Dialect;

/**
 * An aggregate in its database, ready to be read and written under clocks. Immutable and thread-safe.
 *
 * <p>A database that is none of the masters only follows: nothing that is written to it travels, so it has a clock table
 * but no triggers and no journals, and nothing is ever folded.
 *
 * @param aggregate its tables
 * @param clocks its versions
 * @param journal its change journal
 * @param rowJournals its journals of rows, if not all of its tables hold its key
 * @param ledger what was overruled
 * @param tables the application's tables
 * @param fold turns notes into local writes
 */
public record AlignedAggregate(
        Aggregate aggregate,
        Clocks clocks,
        ChangeJournal journal,
        RowJournals rowJournals,
        Ledger ledger,
        AggregateTables tables,
        Fold fold) {

    /**
     * Looks the aggregate up and makes sure that its clocks are installed.
     *
     * @param self the master at hand, or the id of a follower, which is none of the masters
     * @param create whether to create what is missing instead of refusing
     * @throws InvalidAggregateException if the tables do not allow it, or something is missing and not to be created
     * @throws DatabaseException if the database cannot be reached or refuses
     */
    public static AlignedAggregate open(
            Database database, AggregateDefinition definition, Masters masters, String self, boolean create) {
        Dialect dialect = database.dialect();
        Aggregate aggregate = database.withHandle(handle -> new AggregateResolver(dialect).resolve(handle, definition));
        ClockInstaller installer = new ClockInstaller(dialect, aggregate, masters.ids(), self);
        if (create) {
            installer.create(database);
        } else {
            database.withHandle(handle -> {
                installer.validate(handle);
                return null;
            });
        }
        boolean follows = !masters.contains(self);
        JournalTable journal = new JournalTable(dialect, aggregate);
        return new AlignedAggregate(
                aggregate,
                clocks(dialect, aggregate, masters, self),
                follows || !aggregate.hasJournal() ? new NoJournal() : journal,
                follows ? RowJournals.ofFollower(database, journal) : new RowJournals(database, aggregate, journal),
                new Ledger(dialect, aggregate, masters.ids()),
                new AggregateTables(dialect, aggregate),
                follows ? Fold.ofFollower(self) : new Fold(self));
    }

    /** The versions of an aggregate, wherever its settings say that they are. */
    public static Clocks clocks(Dialect dialect, Aggregate aggregate, Masters masters, String self) {
        ClockTable table = new ClockTable(dialect, aggregate, masters.ids(), self);
        return aggregate.clocking().inRoot() ? new RootClocks(dialect, aggregate, masters.ids(), self, table) : table;
    }
}
