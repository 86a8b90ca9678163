package io.tandem.connect.database.dialect.mariadb;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.Right;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Finds out by EXPLAIN what the user may do, since that needs the rights of the statement and changes nothing: rights come
 * from grants to the user, to roles, to patterns of databases, and information_schema does not add them up.
 */
final class MariaDbRights {

    // access denied to the table, to a column
    private static final Set<Integer> DENIED = Set.of(1142, 1143);

    private final MariaDbDialect dialect;

    MariaDbRights(MariaDbDialect dialect) {
        this.dialect = dialect;
    }

    Set<Right> lacking(Handle handle, TableId table, List<Column> columns, Set<Right> wanted) {
        Set<Right> lacking = EnumSet.noneOf(Right.class);
        for (Right right : wanted) {
            if (probes(right, dialect.quote(table), columns).allMatch(probe -> isDenied(handle, probe))) {
                lacking.add(right);
            }
        }
        return lacking;
    }

    /** One of them has to be allowed: a user may be allowed to update some of the columns only. */
    private Stream<String> probes(Right right, String table, List<Column> columns) {
        Stream<String> names =
                columns.stream().filter(column -> !column.generated()).map(column -> dialect.quote(column.name()));
        return switch (right) {
            case SELECT -> Stream.of("SELECT * FROM " + table);
            case INSERT ->
                names.map(name -> "INSERT INTO " + table + " (" + name + ") SELECT NULL FROM DUAL WHERE FALSE");
            case UPDATE -> names.map(name -> "UPDATE " + table + " SET " + name + " = NULL WHERE FALSE");
            case DELETE -> Stream.of("DELETE FROM " + table + " WHERE FALSE");
        };
    }

    private static boolean isDenied(Handle handle, String probe) {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute("EXPLAIN " + probe);
            return false;
        } catch (SQLException e) {
            return DENIED.contains(e.getErrorCode());
        }
    }
}
