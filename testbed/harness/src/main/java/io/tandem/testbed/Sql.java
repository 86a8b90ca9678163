package io.tandem.testbed;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements of the administrator's. Thread-safe. */
final class Sql {

    private Sql() {}

    /** Makes the text of a statement, with the help of the driver's quoting. */
    @FunctionalInterface
    interface Text {
        String with(Statement quoting) throws SQLException;
    }

    /** Runs one statement in a database. */
    static void run(DatabaseServer server, String database, Text text) {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(text.with(statement));
        } catch (SQLException e) {
            throw new TestbedException("the database at port " + server.port() + " refuses: " + e.getMessage(), e);
        }
    }

    /** Connects and hangs up. */
    static boolean answers(DatabaseServer server, String database) throws SQLException {
        try (Connection connection = server.connect(database)) {
            return connection.isValid(5);
        }
    }
}
