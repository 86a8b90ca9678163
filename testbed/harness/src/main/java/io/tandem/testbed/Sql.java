package io.tandem.testbed;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements as plain text. Thread-safe; a connection that is handed in is not. */
public final class Sql {

    private Sql() {}

    /** Makes the text of a statement, with the help of the driver's quoting. */
    @FunctionalInterface
    interface Text {
        String with(Statement quoting) throws SQLException;
    }

    /** Runs one statement of the administrator's in a database. */
    static void run(DatabaseServer server, String database, Text text) {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(text.with(statement));
        } catch (SQLException e) {
            throw refused(server, e);
        }
    }

    /** The exception that says which server refused. */
    static TestbedException refused(DatabaseServer server, SQLException e) {
        return new TestbedException("the database at port " + server.port() + " refuses: " + e.getMessage(), e);
    }

    /** Connects and hangs up. */
    static boolean answers(DatabaseServer server, String database) throws SQLException {
        try (Connection connection = server.connect(database)) {
            return connection.isValid(5);
        }
    }

    /**
     * Runs statements one after the other; does not commit.
     *
     * @throws SQLException if the server refuses one; those after it are not run
     */
    public static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /**
     * Returns the rows of a result, each as text with {@code |} between the columns, and {@code null} for NULL.
     *
     * @throws SQLException if the server refuses the query
     */
    public static List<String> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }
}
