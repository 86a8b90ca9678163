package io.tandem.connect.database;

import static io.tandem.connect.aggregate.Aggregate.ROOT;

import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.CatalogDialect;
import io.tandem.connect.database.dialect.ObjectNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Finds how the child tables of one aggregate refer to their parents. Not thread-safe: one use per aggregate. */
final class ChildResolver {

    static final String SETTING = "aggregate.children";

    private final CatalogDialect catalog;
    private final Handle handle;
    private final TableLookup tables;
    private final String aggregate;
    private final String clockSchema;
    private final Table root;
    private final List<Column> key;
    private final List<Child> resolved = new ArrayList<>();

    ChildResolver(
            CatalogDialect catalog,
            Handle handle,
            TableLookup tables,
            String aggregate,
            String clockSchema,
            Table root,
            List<Column> key) {
        this.catalog = catalog;
        this.handle = handle;
        this.tables = tables;
        this.aggregate = aggregate;
        this.clockSchema = clockSchema;
        this.root = root;
        this.key = key;
    }

    /** All children, each after its parent, otherwise in the order of the definitions. */
    List<Child> resolve(List<ChildDefinition> definitions) {
        List<ChildDefinition> waiting = new ArrayList<>(definitions);
        while (!waiting.isEmpty()) {
            int before = waiting.size();
            waiting.removeIf(definition -> {
                Optional<Integer> parent = place(definition.parent());
                parent.ifPresent(place -> resolved.add(child(definition, place)));
                return parent.isPresent();
            });
            if (waiting.size() == before) {
                throw withoutParent(waiting.get(0), definitions);
            }
        }
        return List.copyOf(resolved);
    }

    private Optional<Integer> place(String parent) {
        return parent.isEmpty()
                ? Optional.of(ROOT)
                : IntStream.range(0, resolved.size())
                        .filter(i -> resolved.get(i).name().equals(parent))
                        .boxed()
                        .findFirst();
    }

    private static InvalidAggregateException withoutParent(
            ChildDefinition definition, List<ChildDefinition> definitions) {
        List<String> names = definitions.stream().map(ChildDefinition::name).toList();
        return new InvalidAggregateException(
                setting(definition, "parent"),
                names.contains(definition.parent())
                        ? "'" + definition.parent() + "' belongs, over its own parents, to '" + definition.name()
                                + "' again; the parents must lead to the root"
                        : "there is no child '" + definition.parent() + "' among '" + SETTING + "' " + names
                                + "; name one of them, or leave the setting out for a child of the root");
    }

    private static String setting(ChildDefinition definition, String what) {
        return SETTING + "." + definition.name() + "." + what;
    }

    private Child child(ChildDefinition definition, int parent) {
        Table table = tables.find(SETTING, definition.table());
        if (table.primaryKey().isEmpty()) {
            throw new InvalidAggregateException(
                    SETTING,
                    "child table " + table.id() + " has no primary key, so its rows cannot be told apart; add one");
        }
        Table parentTable = parent == ROOT ? root : resolved.get(parent).table();
        String setting = setting(definition, "foreign.key");
        Reference reference = new ReferenceResolver(table, parentTable, parent == ROOT ? key : List.of(), setting)
                .resolve(definition.foreignKey());
        checkReferenced(reference.referenced(), parentTable, setting);
        List<Column> primaryKey = TableLookup.columns(table, table.primaryKey(), SETTING);
        List<Column> owner = owner(parent, reference);
        return new Child(
                definition.name(),
                parent,
                table,
                reference.referring(),
                reference.referenced(),
                key(definition, table, reference.referring(), primaryKey),
                primaryKey,
                owner,
                owner.isEmpty() ? Optional.of(rowJournal(parentTable, reference.referenced())) : Optional.empty());
    }

    /** The aggregate's key may be part of what is referred to: then the child row holds it, too. */
    private List<Column> owner(int parent, Reference reference) {
        List<Column> ofParent = parent == ROOT ? key : resolved.get(parent).owner();
        return reference.referenced().containsAll(ofParent)
                ? ofParent.stream()
                        .map(column ->
                                reference.referring().get(reference.referenced().indexOf(column)))
                        .toList()
                : List.of();
    }

    private TableId rowJournal(Table parent, List<Column> referenced) {
        Set<String> names = new LinkedHashSet<>(Table.names(referenced));
        String table = parent.id().schema().equals(clockSchema)
                ? parent.id().name()
                : parent.id().toString();
        String columns = names.equals(Set.copyOf(parent.primaryKey()))
                ? ""
                : "$" + String.join("_", names.stream().sorted().toList());
        return new TableId(clockSchema, ObjectNames.ofTable(aggregate, table + columns, "journal"));
    }

    /** What is referred to stands for one row, and equal references must be equal values. */
    private void checkReferenced(List<Column> referenced, Table parent, String setting) {
        if (referenced.equals(key) && parent.equals(root)) {
            return;
        }
        for (Column column : referenced) {
            if (column.nullable()) {
                throw new InvalidAggregateException(
                        setting,
                        "column " + column.name() + " of " + parent.id()
                                + ", which it refers to, may be NULL; declare it NOT NULL");
            }
            catalog.objectionToKey(column).ifPresent(objection -> {
                throw new InvalidAggregateException(
                        setting,
                        "column " + column.name() + " of " + parent.id() + " cannot be referred to: " + objection);
            });
        }
    }

    private List<Column> key(
            ChildDefinition definition, Table table, List<Column> foreignKey, List<Column> primaryKey) {
        if (definition.key().isEmpty()) {
            return primaryKey;
        }
        String setting = setting(definition, "key");
        List<Column> columns = TableLookup.columns(table, definition.key(), setting);
        for (Column column : columns) {
            if (column.nullable()) {
                throw new InvalidAggregateException(
                        setting,
                        "column " + column.name() + " of " + table.id()
                                + " may be NULL and so cannot identify a row; declare it NOT NULL");
            }
        }
        Set<String> identifying = new LinkedHashSet<>(Table.names(foreignKey));
        identifying.addAll(Table.names(columns));
        boolean unique = identifying.containsAll(table.primaryKey())
                || catalog.uniqueIndexes(handle, table.id()).stream().anyMatch(identifying::containsAll);
        if (!unique) {
            throw new InvalidAggregateException(
                    setting,
                    "table " + table.id() + " has no unique index on " + identifying
                            + " (the foreign key and these columns), so they do not identify a row; add one, or name "
                            + "others");
        }
        return columns;
    }
}
