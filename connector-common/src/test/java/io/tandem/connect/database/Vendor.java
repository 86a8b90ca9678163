package io.tandem.connect.database;

import io.tandem.connect.database.dialect.Dialect;
import io.tandem.connect.database.dialect.mariadb.MariaDbDialect;
import io.tandem.connect.database.dialect.postgresql.PostgresDialect;
import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.MariaDbServer;
import io.tandem.testbed.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;

/** The databases that the tests run on, with what a test has to say differently to each. */
public enum Vendor {
    POSTGRESQL(
            "postgres",
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"),
    MARIADB(
            "mysql",
            "SELECT COUNT(*) FROM information_schema.PROCESSLIST p LEFT JOIN information_schema.INNODB_TRX t "
                    + "ON t.TRX_MYSQL_THREAD_ID = p.ID WHERE p.DB = DATABASE() "
                    + "AND (p.STATE LIKE '%metadata lock%' OR t.TRX_STATE = 'LOCK WAIT')");

    private final String systemDatabase;
    private final String waitingSessions;

    Vendor(String systemDatabase, String waitingSessions) {
        this.systemDatabase = systemDatabase;
        this.waitingSessions = waitingSessions;
    }

    static Vendor of(Connection connection) throws SQLException {
        return connection.getMetaData().getURL().startsWith("jdbc:postgresql:") ? POSTGRESQL : MARIADB;
    }

    public DatabaseServer start() {
        return this == POSTGRESQL ? PostgresServer.start() : MariaDbServer.start();
    }

    public Dialect dialect() {
        return choose(new PostgresDialect(), new MariaDbDialect());
    }

    /** A database that every server has. */
    String systemDatabase() {
        return systemDatabase;
    }

    /** A query for the number of sessions of the database that wait for a lock. */
    String waitingSessions() {
        return waitingSessions;
    }

    /** A column type for texts that differ as soon as they are spelled differently, as keys have to. */
    public String exactText(int length) {
        return "VARCHAR(" + length + ")" + choose("", " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    }

    /** What the test says to PostgreSQL, or what it says to MariaDB. */
    public <T> T choose(T postgresql, T mariaDb) {
        return this == POSTGRESQL ? postgresql : mariaDb;
    }
}
