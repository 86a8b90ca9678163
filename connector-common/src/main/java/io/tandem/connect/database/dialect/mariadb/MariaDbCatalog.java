package io.tandem.connect.database.dialect.mariadb;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ForeignKey;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.CatalogDialect;
import io.tandem.connect.database.dialect.Right;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Reads information_schema. */
final class MariaDbCatalog implements CatalogDialect {

    private static final String COLUMNS = "SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, CHARACTER_MAXIMUM_LENGTH, "
            + "NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION, IS_NULLABLE, IS_GENERATED, CHARACTER_SET_NAME, "
            + "COLLATION_NAME, COLUMN_DEFAULT IS NOT NULL OR EXTRA LIKE '%auto_increment%' AS HAS_DEFAULT "
            + "FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION";

    private static final String PRIMARY_KEY = "SELECT COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE "
            + "WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND CONSTRAINT_NAME = 'PRIMARY' ORDER BY ORDINAL_POSITION";

    private static final String FOREIGN_KEYS = "SELECT k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA, "
            + "k.REFERENCED_TABLE_NAME, k.REFERENCED_COLUMN_NAME, r.DELETE_RULE, r.UPDATE_RULE "
            + "FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r "
            + "ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME "
            + "AND r.TABLE_NAME = k.TABLE_NAME WHERE k.TABLE_SCHEMA = ? AND k.TABLE_NAME = ? "
            + "AND k.REFERENCED_TABLE_NAME IS NOT NULL ORDER BY k.CONSTRAINT_NAME, k.ORDINAL_POSITION";

    private static final String UNIQUE_INDEXES = "SELECT INDEX_NAME, "
            // an index on the beginning of a column is none on the column
            + "IF(SUB_PART IS NULL, COLUMN_NAME, '') AS COLUMN_NAME FROM information_schema.STATISTICS "
            + "WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND NON_UNIQUE = 0";

    private static final String ENGINE =
            "SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?";

    private static final Set<String> WHOLE_UNICODE = Set.of("utf8mb4", "utf16", "utf16le", "utf32");

    private static final Set<String> ACTIONS = Set.of("CASCADE", "SET NULL", "SET DEFAULT");

    private final MariaDbRights rights;

    MariaDbCatalog(MariaDbDialect dialect) {
        this.rights = new MariaDbRights(dialect);
    }

    @Override
    public String defaultSchema(Handle handle) {
        return handle.createQuery("SELECT COALESCE(DATABASE(), '')")
                .mapTo(String.class)
                .one();
    }

    @Override
    public List<Column> columns(Handle handle, TableId table) {
        return handle.select(COLUMNS, table.schema(), table.name())
                .map((row, context) -> column(row))
                .list();
    }

    private static Column column(ResultSet row) throws SQLException {
        String nativeType = row.getString("COLUMN_TYPE");
        String charset = row.getString("CHARACTER_SET_NAME");
        if (charset != null) {
            nativeType += " CHARACTER SET " + charset + " COLLATE " + row.getString("COLLATION_NAME");
        }
        boolean nullable = row.getString("IS_NULLABLE").equals("YES");
        boolean generated = !row.getString("IS_GENERATED").equals("NEVER");
        return new Column(
                row.getString("COLUMN_NAME"),
                MariaDbTypes.type(row),
                nativeType,
                row.getString("DATA_TYPE"),
                nullable,
                generated,
                nullable || generated || row.getBoolean("HAS_DEFAULT"),
                charset == null || WHOLE_UNICODE.contains(charset) ? null : charset);
    }

    @Override
    public List<String> primaryKey(Handle handle, TableId table) {
        return handle.select(PRIMARY_KEY, table.schema(), table.name())
                .mapTo(String.class)
                .list();
    }

    @Override
    public Set<Set<String>> uniqueIndexes(Handle handle, TableId table) {
        Map<String, Set<String>> indexes = new LinkedHashMap<>();
        handle.select(UNIQUE_INDEXES, table.schema(), table.name())
                .map((row, context) -> Map.entry(row.getString("INDEX_NAME"), row.getString("COLUMN_NAME")))
                .forEach(part -> indexes.computeIfAbsent(part.getKey(), name -> new LinkedHashSet<>())
                        .add(part.getValue()));
        return Set.copyOf(indexes.values());
    }

    @Override
    public Optional<String> objectionToKey(Column column) {
        return MariaDbTypes.objectionToKey(column);
    }

    @Override
    public List<ForeignKey> foreignKeys(Handle handle, TableId table) {
        Map<String, ForeignKey> keys = new LinkedHashMap<>();
        handle.select(FOREIGN_KEYS, table.schema(), table.name())
                .map((row, context) -> new ForeignKey(
                        row.getString("CONSTRAINT_NAME"),
                        List.of(row.getString("COLUMN_NAME")),
                        new TableId(row.getString("REFERENCED_TABLE_SCHEMA"), row.getString("REFERENCED_TABLE_NAME")),
                        List.of(row.getString("REFERENCED_COLUMN_NAME")),
                        ACTIONS.contains(row.getString("DELETE_RULE"))
                                || ACTIONS.contains(row.getString("UPDATE_RULE"))))
                .forEach(part -> keys.merge(part.name(), part, MariaDbCatalog::joined));
        return List.copyOf(keys.values());
    }

    private static ForeignKey joined(ForeignKey left, ForeignKey right) {
        List<String> columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        List<String> referenced = new ArrayList<>(left.referencedColumns());
        referenced.addAll(right.referencedColumns());
        return new ForeignKey(left.name(), columns, left.referenced(), referenced, left.changesRows());
    }

    /** Without transactions a note, its row and its clock would not be written together. */
    @Override
    public Optional<String> objectionTo(Handle handle, TableId table) {
        return handle.select(ENGINE, table.schema(), table.name()).mapTo(String.class).stream()
                .filter(engine -> !engine.equals("InnoDB"))
                .map(engine -> "table " + table + " is kept by the engine " + engine
                        + ", which has no transactions; change it with ALTER TABLE ... ENGINE = InnoDB")
                .findFirst();
    }

    /** InnoDB fires no triggers for rows that a foreign key's action changes, so such a change would never travel. */
    @Override
    public Optional<String> objectionTo(TableId table, ForeignKey foreignKey) {
        return Optional.of(
                "table " + table + " is changed by the ON DELETE or ON UPDATE action of its foreign key "
                        + foreignKey.name() + " to " + foreignKey.referenced()
                        + ", for which MariaDB fires no triggers: such a change would never reach the other master. "
                        + "Make the key RESTRICT and let the application delete, or make the table part of the other aggregate");
    }

    @Override
    public Set<Right> lacking(Handle handle, TableId table, Set<Right> wanted) {
        // of a table that the user may not read there are no columns to see
        return handle.select(ENGINE, table.schema(), table.name())
                        .mapTo(String.class)
                        .list()
                        .isEmpty()
                ? Set.of()
                : rights.lacking(handle, table, columns(handle, table), wanted);
    }

    @Override
    public Right rightToLock() {
        return Right.SELECT;
    }
}
