package io.tandem.connect.aggregate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate whose tables were found in the database: a tree of tables. Immutable.
 *
 * <p>The child collections stand in one list, each after its parent; places in that list name the tables, and
 * {@link #ROOT} names the root.
 *
 * @param definition what was configured
 * @param root the root table
 * @param key the columns of the root that identify the aggregate
 * @param children the child collections of all levels, parents first
 * @param softDelete how a root row says that it counts as deleted
 * @param clockTable where the versions are
 * @param journal where the triggers note writes
 */
public record Aggregate(
        AggregateDefinition definition,
        Table root,
        List<Column> key,
        List<Child> children,
        Optional<SoftDelete> softDelete,
        TableId clockTable,
        TableId journal) {

    /** The place of the root. */
    public static final int ROOT = -1;

    public Aggregate {
        key = List.copyOf(key);
        children = List.copyOf(children);
    }

    /** An aggregate whose rows are really deleted. */
    public Aggregate(
            AggregateDefinition definition,
            Table root,
            List<Column> key,
            List<Child> children,
            TableId clockTable,
            TableId journal) {
        this(definition, root, key, children, Optional.empty(), clockTable, journal);
    }

    /**
     * A child table.
     *
     * @param name the collection's name
     * @param parent the place of the table that its rows belong to
     * @param table the table
     * @param foreignKey the columns that refer to a row of the parent
     * @param references the columns of the parent that they refer to, in the same order
     * @param key the columns that tell a row from the others of the same parent row
     * @param primaryKey the primary key
     * @param owner the columns that hold the aggregate's key, in its order; empty if the table has none, so that only its
     *     parent tells which aggregate a row belongs to
     * @param rowJournal where writes are noted if there is no {@code owner}
     */
    public record Child(
            String name,
            int parent,
            Table table,
            List<Column> foreignKey,
            List<Column> references,
            List<Column> key,
            List<Column> primaryKey,
            List<Column> owner,
            Optional<TableId> rowJournal) {

        public Child {
            foreignKey = List.copyOf(foreignKey);
            references = List.copyOf(references);
            key = List.copyOf(key);
            primaryKey = List.copyOf(primaryKey);
            owner = List.copyOf(owner);
        }

        /** A child of the root that holds the aggregate's key and is identified by its primary key. */
        public static Child ofRoot(
                String name, Table table, List<Column> foreignKey, List<Column> aggregateKey, List<Column> primaryKey) {
            return new Child(
                    name, ROOT, table, foreignKey, aggregateKey, primaryKey, primaryKey, foreignKey, Optional.empty());
        }

        /** The columns of {@link #key} that the foreign key does not hold anyway. */
        public List<Column> siblingKey() {
            return key.stream().filter(column -> !foreignKey.contains(column)).toList();
        }

        /** True if a row is known by its primary key alone, whichever parent it belongs to. */
        public boolean isKnownByPrimaryKey() {
            return key.containsAll(primaryKey) && primaryKey.stream().noneMatch(foreignKey::contains);
        }
    }

    /**
     * Rows of a parent table that triggers of child tables note by their references, since the child rows do not hold the
     * aggregate's key.
     *
     * @param journal where the references are noted
     * @param parent the place of the parent table
     * @param columns the columns that are referred to
     */
    public record RowReference(TableId journal, int parent, List<Column> columns) {

        public RowReference {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A root row counts as deleted when a column holds a value.
     *
     * @param column the column
     * @param deleted the value that says so, in the Java class of the column's type
     * @param restored what the column gets when the row is to live again and the incoming data lacks the column
     */
    public record SoftDelete(Column column, Object deleted, Optional<Object> restored) {

        /** Whether a row with this value of the column counts as deleted. */
        public boolean isDeleted(@Nullable Object value) {
            return deleted.equals(value);
        }
    }

    /** The aggregate's name. */
    public String name() {
        return definition.name();
    }

    /** Where is kept what conflicts overruled. */
    public TableId ledger() {
        return new TableId(clockTable.schema(), "tandem_" + name() + "_ledger");
    }

    /** The table at a place. */
    public Table table(int place) {
        return place == ROOT ? root : children.get(place).table();
    }

    /** The places of the collections right below a place. */
    public int[] childrenOf(int place) {
        return IntStream.range(0, children.size())
                .filter(child -> children.get(child).parent() == place)
                .toArray();
    }

    /** The columns of a table that children refer to, each once. */
    public List<Column> referenced(int place) {
        Set<Column> columns = new LinkedHashSet<>();
        for (int child : childrenOf(place)) {
            columns.addAll(children.get(child).references());
        }
        return List.copyOf(columns);
    }

    /** Where the versions are, and who counts the writes. */
    public Clocking clocking() {
        return definition.clocking();
    }

    /** True if there is a change journal: some table's writes are noted. */
    public boolean hasJournal() {
        return !notedTables().isEmpty();
    }

    /** What is noted by reference; empty if every table holds the aggregate's key, or nothing is noted. */
    public List<RowReference> rowReferences() {
        if (!clocking().byTriggers()) {
            return List.of();
        }
        Map<TableId, RowReference> byJournal = new LinkedHashMap<>();
        for (Child child : children) {
            child.rowJournal()
                    .ifPresent(table ->
                            byJournal.putIfAbsent(table, new RowReference(table, child.parent(), child.references())));
        }
        return List.copyOf(byJournal.values());
    }

    /**
     * The tables whose writes are noted, each with what its triggers note. A root that has its version in its own row
     * needs no note, and nothing is noted where the application counts its writes.
     */
    public List<NotedTable> notedTables() {
        if (!clocking().byTriggers()) {
            return List.of();
        }
        List<NotedTable> tables = new ArrayList<>();
        if (!clocking().inRoot()) {
            tables.add(new NotedTable(root, key, Optional.empty()));
        }
        List<RowReference> references = rowReferences();
        for (Child child : children) {
            Optional<RowReference> reference = references.stream()
                    .filter(one ->
                            child.rowJournal().filter(one.journal()::equals).isPresent())
                    .findFirst();
            List<Column> noted = reference
                    .map(one -> one.columns().stream()
                            .map(column ->
                                    child.foreignKey().get(child.references().indexOf(column)))
                            .toList())
                    .orElse(child.owner());
            tables.add(new NotedTable(child.table(), noted, reference));
        }
        return tables;
    }

    /**
     * A table of the aggregate as its triggers see it.
     *
     * @param table the table
     * @param noted its columns that are noted: those that hold the aggregate's key, or those that hold the reference
     * @param reference what they refer to; empty for the aggregate's key
     */
    public record NotedTable(Table table, List<Column> noted, Optional<RowReference> reference) {}
}
