package io.tandem.connect.source;

import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.MariaDbServer;
import io.tandem.testbed.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The databases that the tests run on, with what a test has to say differently to each. */
enum Vendor {
    POSTGRESQL("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"),
    MARIADB("SELECT COUNT(*) FROM information_schema.PROCESSLIST p LEFT JOIN information_schema.INNODB_TRX t "
            + "ON t.TRX_MYSQL_THREAD_ID = p.ID WHERE p.DB = DATABASE() "
            + "AND (p.STATE LIKE '%metadata lock%' OR t.TRX_STATE = 'LOCK WAIT')");

    /** The user of the connectors, who has the rights that a test gives and no others. */
    static final String TANDEM = "tandem";

    /** A user who writes the application's tables, and has no right to anything of Tandem's. */
    static final String APPLICATION = "app";

    static final String PASSWORD = "s3cret-of-the-tests";

    private final String waitingSessions;

    Vendor(String waitingSessions) {
        this.waitingSessions = waitingSessions;
    }

    DatabaseServer start() {
        DatabaseServer server = this == POSTGRESQL ? PostgresServer.start() : MariaDbServer.start();
        server.createUser(TANDEM, PASSWORD);
        server.createUser(APPLICATION, PASSWORD);
        return server;
    }

    /** A query for the number of sessions of the database that wait for a lock. */
    String waitingSessions() {
        return waitingSessions;
    }

    /** Removes a database, also while sessions use it. */
    void drop(Connection connection, String database) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + database + (this == POSTGRESQL ? " WITH (FORCE)" : ""));
        }
    }

    /** A database that every server has. */
    String systemDatabase() {
        return this == POSTGRESQL ? "postgres" : "mysql";
    }
}
