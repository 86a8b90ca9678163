package io.tandem.distribution.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what the masters show, by SQL of its own: neither Tandem's mapping nor its reading takes part. Stateless but for
 * the rig.
 */
final class Masters {

    private final Rig rig;

    Masters(Rig rig) {
        this.rig = rig;
    }

    /** Everything that a master shows. */
    Shown shown(Side side) {
        SortedMap<Register, Map<String, String>> rows = new TreeMap<>();
        SortedMap<Register, Map<String, String>> versions = new TreeMap<>();
        try (Connection connection = rig.master(side).server().connect(side.id())) {
            for (Kind kind : Kind.values()) {
                read(connection, kind, roots(kind, side), rows);
                read(connection, kind, parts(kind, side), rows);
                read(connection, kind, versions(kind, side), versions);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read what " + side.id() + " shows: " + e.getMessage(), e);
        }
        return new Shown(rows, versions);
    }

    /** How many notes and versions of a master are not published yet. */
    long pending(Side side) {
        long pending = 0;
        try (Connection connection = rig.master(side).server().connect(side.id());
                Statement statement = connection.createStatement()) {
            for (Kind kind : Kind.values()) {
                String own = "clock_" + side.id();
                String count =
                        "SELECT (SELECT COUNT(*) FROM tandem_" + kind.aggregate() + "_journal) + (SELECT COUNT(*) FROM "
                                + "tandem_" + kind.aggregate() + "_clock WHERE " + own + " > published)"
                                + (kind.inRoot()
                                        ? " + (SELECT COUNT(*) FROM " + kind.root(side) + " WHERE " + own
                                                + " > clock_published)"
                                        : "");
                try (ResultSet row = statement.executeQuery(count)) {
                    row.next();
                    pending += row.getLong(1);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot count what is pending on " + side.id() + ": " + e.getMessage(), e);
        }
        return pending;
    }

    private static String roots(Kind kind, Side side) {
        String state = side == Side.LEGACY
                ? "CASE STATUS WHEN 'O' THEN 'OPEN' WHEN 'C' THEN 'CLOSED' ELSE STATUS END"
                : side.state();
        return "SELECT " + side.key() + ", 0, " + side.marker() + " AS marker, " + side.previous() + " AS previous, "
                + state + " AS state, " + side.amount() + " AS amount FROM " + kind.root(side);
    }

    private static String parts(Kind kind, Side side) {
        return "SELECT " + side.owner() + ", " + side.position() + ", " + side.marker() + " AS marker, "
                + side.previous() + " AS previous, " + side.quantity() + " AS quantity FROM " + kind.part(side);
    }

    /** Where the versions are in the root table, the clock table holds those of deleted rows. */
    private static String versions(Kind kind, Side side) {
        String version =
                ", 0, clock_legacy AS legacy, clock_modern AS modern, clock_timestamp AS written, clock_writer AS "
                        + "writer, ";
        String table = "SELECT key_" + side.key() + version
                + "CASE WHEN clock_deleted THEN 'deleted' ELSE 'there' END AS deleted FROM tandem_" + kind.aggregate()
                + "_clock";
        return kind.inRoot()
                ? table + " WHERE NOT EXISTS (SELECT 1 FROM " + kind.root(side) + " r WHERE r." + side.key() + " = key_"
                        + side.key() + ") UNION ALL SELECT " + side.key() + version + "'there' AS deleted FROM "
                        + kind.root(side)
                : table;
    }

    /** The first two columns are key and position, the others fields. */
    private static void read(
            Connection connection, Kind kind, String query, SortedMap<Register, Map<String, String>> into)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            ResultSetMetaData columns = row.getMetaData();
            while (row.next()) {
                Map<String, String> fields = new HashMap<>();
                for (int i = 3; i <= columns.getColumnCount(); i++) {
                    fields.put(columns.getColumnLabel(i), String.valueOf(row.getString(i)));
                }
                into.put(new Register(kind, row.getLong(1), row.getInt(2)), new TreeMap<>(fields));
            }
        }
    }
}
