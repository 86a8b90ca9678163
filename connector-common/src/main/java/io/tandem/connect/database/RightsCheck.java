package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.Aggregate.RowReference;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.CatalogDialect;
import io.tandem.connect.database.dialect.Dialect;
import io.tandem.connect.database.dialect.Right;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Tells before anything runs which rights the connectors' user lacks on the tables of an aggregate, instead of failing at
 * the first row that needs them. Immutable and thread-safe.
 */
public final class RightsCheck {

    private static final String SETTING = "connection.user";

    private final CatalogDialect catalog;
    private final Map<TableId, Set<Right>> wanted;
    private final String reason;

    private RightsCheck(Dialect dialect, Map<TableId, Set<Right>> wanted, String reason) {
        this.catalog = dialect.catalog();
        this.wanted = wanted;
        this.reason = reason;
    }

    /**
     * What a connector does itself.
     *
     * @param follows whether the database is no master
     * @param applies whether records are written into the application's tables, as a sink does, or only read from them
     * @param onLedger what it does with the ledger
     */
    public static RightsCheck ofConnector(
            Dialect dialect, Aggregate aggregate, boolean follows, boolean applies, Set<Right> onLedger) {
        Map<TableId, Set<Right>> wanted = new LinkedHashMap<>();
        add(wanted, aggregate.root().id(), ofRoot(aggregate, applies));
        for (Child child : aggregate.children()) {
            add(wanted, child.table().id(), applies ? EnumSet.allOf(Right.class) : EnumSet.of(Right.SELECT));
        }
        add(wanted, aggregate.clockTable(), EnumSet.of(Right.SELECT, Right.INSERT, Right.UPDATE));
        if (aggregate.clocking().inRoot()) {
            add(wanted, aggregate.clockTable(), EnumSet.of(Right.DELETE));
        }
        add(wanted, aggregate.ledger(), onLedger);
        if (!follows) {
            addJournals(wanted, aggregate, applies, dialect.catalog().rightToLock());
        }
        return new RightsCheck(dialect, wanted, "A " + (applies ? "sink" : "source") + " needs them");
    }

    private static Set<Right> ofRoot(Aggregate aggregate, boolean applies) {
        if (!applies) {
            return aggregate.clocking().inRoot() ? EnumSet.of(Right.SELECT, Right.UPDATE) : EnumSet.of(Right.SELECT);
        }
        return aggregate.softDelete().isPresent()
                ? EnumSet.of(Right.SELECT, Right.INSERT, Right.UPDATE)
                : EnumSet.allOf(Right.class);
    }

    private static void addJournals(
            Map<TableId, Set<Right>> wanted, Aggregate aggregate, boolean applies, Right toLock) {
        List<RowReference> references = aggregate.rowReferences();
        if (aggregate.hasJournal()) {
            add(wanted, aggregate.journal(), EnumSet.of(Right.SELECT, Right.DELETE));
            if (!applies && !references.isEmpty()) {
                // a source turns notes about rows into notes about aggregates
                add(wanted, aggregate.journal(), EnumSet.of(Right.INSERT));
            }
        }
        references.forEach(
                reference -> add(wanted, reference.journal(), EnumSet.of(Right.SELECT, toLock, Right.DELETE)));
    }

    /** What triggers do, which run with the rights of the user who creates them. */
    static RightsCheck ofTriggers(Dialect dialect, Aggregate aggregate) {
        Map<TableId, Set<Right>> wanted = new LinkedHashMap<>();
        aggregate.notedTables().forEach(noted -> add(wanted, noted.table().id(), EnumSet.of(Right.SELECT)));
        if (aggregate.hasJournal()) {
            add(wanted, aggregate.journal(), EnumSet.of(Right.INSERT));
        }
        aggregate.rowReferences().forEach(reference -> add(wanted, reference.journal(), EnumSet.of(Right.INSERT)));
        if (aggregate.clocking().inRoot() && aggregate.clocking().byTriggers()) {
            add(wanted, aggregate.root().id(), EnumSet.of(Right.SELECT, Right.UPDATE));
            add(wanted, aggregate.clockTable(), EnumSet.of(Right.SELECT, Right.INSERT, Right.UPDATE));
        }
        return new RightsCheck(
                dialect,
                wanted,
                "The triggers that it creates run with its rights, and without these the application's writes would fail");
    }

    /**
     * Does nothing if no right is missing. Tables that do not exist yet are left out.
     *
     * @param user the user of the connection, for the message
     * @throws InvalidAggregateException that names all tables with the rights that are missing there
     */
    public void require(Handle handle, String user) {
        List<String> missing = new ArrayList<>();
        wanted.forEach((table, rights) -> {
            Set<Right> lacking = catalog.lacking(handle, table, rights);
            if (!lacking.isEmpty()) {
                missing.add(lacking.stream().map(Right::name).collect(Collectors.joining(", ")) + " on " + table);
            }
        });
        if (!missing.isEmpty()) {
            throw new InvalidAggregateException(
                    SETTING,
                    "the user '" + user + "' lacks " + String.join("; ", missing) + ". " + reason
                            + ": GRANT them as docs/security.md lists them");
        }
    }

    private static void add(Map<TableId, Set<Right>> wanted, TableId table, Set<Right> rights) {
        wanted.computeIfAbsent(table, any -> EnumSet.noneOf(Right.class)).addAll(rights);
    }
}
