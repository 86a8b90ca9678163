package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ForeignKey;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.CatalogDialect;
import io.tandem.connect.database.dialect.Dialect;
import java.util.ArrayList;
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
        String defaultSchema = catalog.defaultSchema(handle);
        Table root = table(handle, "aggregate.root", definition.rootTable(), defaultSchema);
        List<Column> key = key(handle, root, definition.keyColumns());
        List<Child> children = new ArrayList<>();
        for (ChildDefinition child : definition.children()) {
            children.add(child(handle, child, defaultSchema, root, key));
        }
        checkNames(root, children);
        checkTables(root, children);
        checkForeignActions(root, children);
        String clockSchema = definition.clockSchema().isEmpty() ? root.id().schema() : definition.clockSchema();
        String prefix = "tandem_" + definition.name();
        return new Aggregate(
                definition,
                root,
                key,
                children,
                new TableId(clockSchema, prefix + "_clock"),
                new TableId(clockSchema, prefix + "_journal"));
    }

    private Table table(Handle handle, String setting, String name, String defaultSchema) {
        int dot = name.indexOf('.');
        TableId id = dot < 0
                ? new TableId(defaultSchema, name)
                : new TableId(name.substring(0, dot), name.substring(dot + 1));
        List<Column> columns = catalog.columns(handle, id);
        if (columns.isEmpty()) {
            throw new InvalidAggregateException(
                    setting,
                    "table " + id + " does not exist, or the user may not see it; expected 'table' or 'schema.table', "
                            + "spelled as in the catalog, upper and lower case included");
        }
        catalog.objectionTo(handle, id).ifPresent(objection -> {
            throw new InvalidAggregateException(setting, objection);
        });
        return new Table(id, columns, catalog.primaryKey(handle, id), catalog.foreignKeys(handle, id));
    }

    private List<Column> key(Handle handle, Table root, List<String> configured) {
        List<String> names = configured.isEmpty() ? root.primaryKey() : configured;
        if (names.isEmpty()) {
            throw new InvalidAggregateException(
                    KEY_SETTING,
                    "table " + root.id() + " has no primary key; add one, or name the columns that identify a row in '"
                            + KEY_SETTING + "' (they need a unique index)");
        }
        List<Column> key = columns(root, names, KEY_SETTING);
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

    private static List<Column> columns(Table table, List<String> names, String setting) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(table.column(name)
                    .orElseThrow(() -> new InvalidAggregateException(
                            setting,
                            "table " + table.id() + " has no column " + name + "; it has "
                                    + String.join(", ", columnNames(table)))));
        }
        return columns;
    }

    private static List<String> columnNames(Table table) {
        return table.columns().stream().map(Column::name).toList();
    }

    private Child child(Handle handle, ChildDefinition definition, String schema, Table root, List<Column> key) {
        Table table = table(handle, "aggregate.children", definition.table(), schema);
        if (table.primaryKey().isEmpty()) {
            throw new InvalidAggregateException(
                    "aggregate.children",
                    "child table " + table.id() + " has no primary key, so its rows cannot be told apart; add one");
        }
        String setting = "aggregate.children." + definition.name() + ".foreign.key";
        List<String> foreignKey =
                definition.foreignKey().isEmpty() ? constraint(table, root, key, setting) : definition.foreignKey();
        if (foreignKey.size() != key.size()) {
            throw new InvalidAggregateException(
                    setting,
                    "names " + foreignKey.size() + " columns of " + table.id() + ", but the key of " + root.id()
                            + " has " + key.size() + "; name them in the order of the key");
        }
        List<Column> referring = columns(table, foreignKey, setting);
        checkTypes(table, referring, root, key, setting);
        return new Child(definition.name(), table, referring, columns(table, table.primaryKey(), "aggregate.children"));
    }

    /** Equal keys must be equal values, whichever table they are read from. */
    private static void checkTypes(Table table, List<Column> referring, Table root, List<Column> key, String setting) {
        for (int i = 0; i < key.size(); i++) {
            ColumnType expected = key.get(i).type();
            ColumnType found = referring.get(i).type();
            boolean same = found.equals(expected)
                    && referring.get(i).castType().equals(key.get(i).castType());
            if (!same) {
                throw new InvalidAggregateException(
                        setting,
                        "column " + referring.get(i).name() + " of " + table.id() + " is "
                                + referring.get(i).nativeType() + ", but the key column "
                                + key.get(i).name() + " of " + root.id() + " is "
                                + key.get(i).nativeType() + "; give both the same type");
            }
        }
    }

    private static List<String> constraint(Table child, Table root, List<Column> key, String setting) {
        List<String> keyNames = key.stream().map(Column::name).toList();
        List<ForeignKey> candidates = child.foreignKeys().stream()
                .filter(foreignKey -> foreignKey.referenced().equals(root.id()))
                .filter(foreignKey -> Set.copyOf(foreignKey.referencedColumns()).equals(Set.copyOf(keyNames)))
                .toList();
        if (candidates.size() != 1) {
            throw new InvalidAggregateException(
                    setting,
                    "table " + child.id() + " has " + (candidates.isEmpty() ? "no" : "more than one")
                            + " foreign key to the key of " + root.id() + "; name the referring columns in '" + setting
                            + "', in the order of the key");
        }
        ForeignKey found = candidates.get(0);
        return keyNames.stream()
                .map(name -> found.columns().get(found.referencedColumns().indexOf(name)))
                .toList();
    }

    private static void checkNames(Table root, List<Child> children) {
        Set<String> names = new LinkedHashSet<>(columnNames(root));
        for (Child child : children) {
            if (!names.add(child.name())) {
                throw new InvalidAggregateException(
                        "aggregate.children",
                        "the name '" + child.name() + "' is used twice, by a child or by a column of " + root.id()
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
                        "aggregate.children",
                        "table " + child.table().id() + " is used twice; a table holds the root or one collection");
            }
        }
    }

    /**
     * The deletion of a root is noted by the root's own trigger, so what its deletion does to its own children needs no
     * note. Every other action changes an aggregate without the aggregate being written.
     */
    private void checkForeignActions(Table root, List<Child> children) {
        checkForeignActions(root, "aggregate.root", foreignKey -> false);
        for (Child child : children) {
            Set<String> own = new LinkedHashSet<>(
                    child.foreignKey().stream().map(Column::name).toList());
            checkForeignActions(
                    child.table(),
                    "aggregate.children",
                    foreignKey -> foreignKey.referenced().equals(root.id())
                            && own.equals(new LinkedHashSet<>(foreignKey.columns())));
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
