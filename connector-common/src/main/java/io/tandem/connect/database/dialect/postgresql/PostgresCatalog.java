package io.tandem.connect.database.dialect.postgresql;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import io.tandem.connect.aggregate.ForeignKey;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.CatalogDialect;
import io.tandem.connect.database.dialect.Right;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Reads pg_catalog, which every role may see; information_schema hides keys from roles that own nothing. */
final class PostgresCatalog implements CatalogDialect {

    private static final String TABLE = " JOIN pg_class c ON c.oid = %s JOIN pg_namespace n ON n.oid = c.relnamespace "
            + "WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p') ";

    private static final String COLUMNS = "SELECT a.attname, t.typname, a.atttypmod, e.typname AS element, a.attndims, "
            + "a.attnotnull OR t.typnotnull AS required, a.attgenerated <> '' AS generated, "
            + "a.atthasdef OR a.attidentity <> '' OR t.typdefault IS NOT NULL AS has_default, "
            + "format_type(a.atttypid, a.atttypmod) AS native, format_type(a.atttypid, -1) AS cast_type, "
            + "(SELECT array_agg(s.enumlabel ORDER BY s.enumsortorder) FROM pg_enum s "
            + "WHERE s.enumtypid = t.oid) AS symbols, scale(CAST(CAST(0 AS money) AS numeric)) AS money_scale, "
            + "pg_catalog.getdatabaseencoding() AS encoding, "
            + "(SELECT quote_ident(s.nspname) || '.' || quote_ident(l.collname) FROM pg_collation l "
            + "JOIN pg_namespace s ON s.oid = l.collnamespace "
            + "WHERE l.oid = a.attcollation AND NOT l.collisdeterministic) AS loose_collation "
            + "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "
            + "LEFT JOIN pg_type e ON e.typarray = t.oid AND e.typdelim = ','" + TABLE.formatted("a.attrelid")
            + "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

    private static final String PRIMARY_KEY = "SELECT a.attname FROM pg_index i"
            + TABLE.formatted("i.indrelid")
                    .replace(
                            " WHERE",
                            " CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)"
                                    + " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum WHERE")
            + "AND i.indisprimary ORDER BY k.place";

    private static final String FOREIGN_KEYS = "SELECT f.conname, rn.nspname, r.relname, "
            + "(SELECT array_agg(a.attname ORDER BY k.place) FROM unnest(f.conkey) WITH ORDINALITY AS k(attnum, place) "
            + "JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.attnum) AS columns, "
            + "(SELECT array_agg(a.attname ORDER BY k.place) FROM unnest(f.confkey) WITH ORDINALITY AS k(attnum, place) "
            + "JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.attnum) AS referenced, "
            + "f.confdeltype IN ('c', 'n', 'd') OR f.confupdtype IN ('c', 'n', 'd') AS changes "
            + "FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid JOIN pg_namespace rn ON rn.oid = r.relnamespace"
            + TABLE.formatted("f.conrelid") + "AND f.contype = 'f' ORDER BY f.conname";

    private static final String UNIQUE_INDEXES = "SELECT (SELECT array_agg(a.attname) FROM pg_attribute a "
            + "WHERE a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)) FROM pg_index i"
            + TABLE.formatted("i.indrelid")
            + "AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL "
            + "AND i.indnkeyatts = i.indnatts";

    /** All columns are read, but a sink writes only those that the mapping fills. */
    private static final String RIGHTS = "SELECT has_schema_privilege(n.oid, 'USAGE') AND "
            + "(SELECT bool_and(has_column_privilege(c.oid, a.attnum, 'SELECT')) FROM pg_attribute a "
            + "WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS may_select, "
            + "has_any_column_privilege(c.oid, 'INSERT') AS may_insert, "
            + "has_any_column_privilege(c.oid, 'UPDATE') AS may_update, "
            + "has_table_privilege(c.oid, 'DELETE') AS may_delete FROM (SELECT 1) AS one"
            + TABLE.formatted("c.oid");

    @Override
    public String defaultSchema(Handle handle) {
        return handle.createQuery("SELECT COALESCE(current_schema(), '')")
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
        boolean nullable = !row.getBoolean("required");
        boolean generated = row.getBoolean("generated");
        String encoding = row.getString("encoding");
        String collation = row.getString("loose_collation");
        ColumnType type = PostgresTypes.type(row);
        return new Column(
                row.getString("attname"),
                type,
                row.getString("native") + (collation == null ? "" : PostgresTypes.COLLATE + collation),
                row.getString("cast_type"),
                nullable,
                generated,
                nullable || generated || row.getBoolean("has_default"),
                encoding.equals("UTF8") || type.kind() != Kind.STRING ? null : encoding);
    }

    @Override
    public List<String> primaryKey(Handle handle, TableId table) {
        return handle.select(PRIMARY_KEY, table.schema(), table.name())
                .mapTo(String.class)
                .list();
    }

    @Override
    public Set<Set<String>> uniqueIndexes(Handle handle, TableId table) {
        return handle.select(UNIQUE_INDEXES, table.schema(), table.name())
                .map((row, context) -> Set.copyOf(strings(row.getArray(1))))
                .set();
    }

    @Override
    public Optional<String> objectionToKey(Column column) {
        return PostgresTypes.objectionToKey(column);
    }

    @Override
    public List<ForeignKey> foreignKeys(Handle handle, TableId table) {
        return handle.select(FOREIGN_KEYS, table.schema(), table.name())
                .map((row, context) -> new ForeignKey(
                        row.getString(1),
                        strings(row.getArray("columns")),
                        new TableId(row.getString(2), row.getString(3)),
                        strings(row.getArray("referenced")),
                        row.getBoolean("changes")))
                .list();
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    /** None: all tables are transactional. */
    @Override
    public Optional<String> objectionTo(Handle handle, TableId table) {
        return Optional.empty();
    }

    /** None: PostgreSQL fires triggers for rows that a foreign key's action changes. */
    @Override
    public Optional<String> objectionTo(TableId table, ForeignKey foreignKey) {
        return Optional.empty();
    }

    @Override
    public Set<Right> lacking(Handle handle, TableId table, Set<Right> wanted) {
        return handle.select(RIGHTS, table.schema(), table.name())
                .map((row, context) -> {
                    Set<Right> lacking = EnumSet.noneOf(Right.class);
                    for (Right right : wanted) {
                        if (!row.getBoolean("may_" + right.name().toLowerCase(Locale.ROOT))) {
                            lacking.add(right);
                        }
                    }
                    return lacking;
                })
                .findOne()
                .orElseGet(() -> EnumSet.noneOf(Right.class));
    }

    @Override
    public Right rightToLock() {
        return Right.UPDATE;
    }
}
