package io.tandem.examples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** One query, looked at again and again on one connection: what the demo measures shall not be its own logging in. */
final class Glance implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement statement;
    private final String query;
    private volatile String last = "";

    private Glance(Connection connection, PreparedStatement statement, String query) {
        this.query = query;
        this.connection = connection;
        this.statement = statement;
    }

    static Glance on(Connection connection, String query) throws SQLException {
        return new Glance(connection, connection.prepareStatement(query), query);
    }

    /** The first column of the only row as text; "null" for NULL, "" if there is no row. */
    String look() throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            last = result.next() ? String.valueOf(result.getString(1)) : "";
            return last;
        }
    }

    /** What is asked. */
    String query() {
        return query;
    }

    /** What the last look has shown. */
    String last() {
        return last;
    }

    @Override
    public void close() {
        try {
            // closes the statement too
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot hang up: " + e.getMessage(), e);
        }
    }
}
