package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ForeignKey;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.CatalogDialect;
import io.tandem.connect.database.dialect.Dialect;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Finds the tables of an aggregate in the catalog and checks that they can take part. Stateless and thread-safe. */
public final class AggregateResolver {

    private static final String KEY_SETTING = "aggregate.key";

    private final CatalogDialect catalog;

    public AggregateResolver(Dialect dialect) {
        this.catalog = dialect.catalog();
    }

    /**
     * Looks everything up.
     *
     * @throws InvalidAggregateException with the setting, the table and the remedy
     */
    public Aggregate resolve(Handle handle, AggregateDefinition definition) {
        TableLookup tables = new TableLookup(catalog, handle);
        Table root = tables.find("aggregate.root", definition.rootTable())
                .without(definition.clocking().rootColumns());
        List<Column> key = key(handle, root, definition.keyColumns());
        String clockSchema = definition.clockSchema().isEmpty() ? root.id().schema() : definition.clockSchema();
        List<Child> children = new ChildResolver(catalog, handle, tables, definition.name(), clockSchema, root, key)
                .resolve(definition.children());
        checkNames(root, children);
        checkTables(root, children);
        checkForeignActions(root, children);
        String prefix = "tandem_" + definition.name();
        return new Aggregate(
                definition,
                root,
                key,
                children,
                definition.softDelete().map(softDelete -> SoftDeleteResolver.resolve(root, key, softDelete)),
                new TableId(clockSchema, prefix + "_clock"),
                new TableId(clockSchema, prefix + "_journal"));
    }

    private List<Column> key(Handle handle, Table root, List<String> configured) {
        List<String> names = configured.isEmpty() ? root.primaryKey() : configured;
        if (names.isEmpty()) {
            throw new InvalidAggregateException(
                    KEY_SETTING,
                    "table " + root.id() + " has no primary key; add one, or name the columns that identify a row in '"
                            + KEY_SETTING + "' (they need a unique index)");
        }
        List<Column> key = TableLookup.columns(root, names, KEY_SETTING);
        for (Column column : key) {
            if (column.nullable()) {
                throw new InvalidAggregateException(
                        KEY_SETTING,
                        "column " + column.name() + " of table " + root.id()
                                + " may be NULL and so cannot identify an aggregate; declare it NOT NULL");
            }
            catalog.objectionToKey(column).ifPresent(objection -> {
                throw new InvalidAggregateException(
                        KEY_SETTING,
                        "column " + column.name() + " of table " + root.id() + " cannot identify an aggregate: "
                                + objection);
            });
        }
        boolean unique = Set.copyOf(names).equals(Set.copyOf(root.primaryKey()))
                || catalog.uniqueIndexes(handle, root.id()).contains(Set.copyOf(names));
        if (!unique) {
            throw new InvalidAggregateException(
                    KEY_SETTING,
                    "table " + root.id() + " has no unique index on exactly " + names
                            + ", so these columns do not identify a row; add one, or name others");
        }
        return key;
    }

    private static void checkNames(Table root, List<Child> children) {
        Set<String> names = new LinkedHashSet<>();
        for (Child child : children) {
            Table parent = child.parent() == Aggregate.ROOT
                    ? root
                    : children.get(child.parent()).table();
            if (!names.add(child.name()) || parent.column(child.name()).isPresent()) {
                throw new InvalidAggregateException(
                        ChildResolver.SETTING,
                        "the name '" + child.name() + "' is used twice, by a child or by a column of " + parent.id()
                                + "; choose another name and give the table as aggregate.children.<name>.table");
            }
        }
    }

    /** The triggers of a table note one key per row, and the sink replaces all rows of a collection. */
    private static void checkTables(Table root, List<Child> children) {
        Set<TableId> tables = new LinkedHashSet<>(Set.of(root.id()));
        for (Child child : children) {
            if (!tables.add(child.table().id())) {
                throw new InvalidAggregateException(
                        ChildResolver.SETTING,
                        "table " + child.table().id() + " is used twice; a table holds the root or one collection");
            }
        }
    }

    /**
     * The deletion of a row is noted by its own table's trigger, so what it does to the rows below it needs no note. Every
     * other action changes an aggregate without the aggregate being written.
     */
    private void checkForeignActions(Table root, List<Child> children) {
        checkForeignActions(root, "aggregate.root", foreignKey -> false);
        for (Child child : children) {
            TableId parent = child.parent() == Aggregate.ROOT
                    ? root.id()
                    : children.get(child.parent()).table().id();
            Set<String> toParent = Set.copyOf(Table.names(child.foreignKey()));
            Set<String> toRoot = Set.copyOf(Table.names(child.owner()));
            checkForeignActions(child.table(), ChildResolver.SETTING, foreignKey -> {
                Set<String> columns = Set.copyOf(foreignKey.columns());
                return (foreignKey.referenced().equals(parent) && columns.equals(toParent))
                        || (foreignKey.referenced().equals(root.id()) && columns.equals(toRoot));
            });
        }
    }

    private void checkForeignActions(Table table, String setting, Predicate<ForeignKey> harmless) {
        table.foreignKeys().stream()
                .filter(ForeignKey::changesRows)
                .filter(harmless.negate())
                .forEach(foreignKey -> catalog.objectionTo(table.id(), foreignKey)
                        .ifPresent(objection -> {
                            throw new InvalidAggregateException(setting, objection);
                        }));
    }
}
