package io.tandem.testbed;

/** The databases that tests run on, with what a test has to say differently to each. */
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

    /**
     * Starts a server, which has no database and no user of the tests' yet.
     *
     * @throws TestbedException if it does not start
     */
    public DatabaseServer start() {
        return this == POSTGRESQL ? PostgresServer.start() : MariaDbServer.start();
    }

    /** Returns a column type for texts that differ as soon as they are spelled differently, as keys have to. */
    public String exactText(int length) {
        return "VARCHAR(" + length + ")" + choose("", " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    }

    /** Returns what the test says to PostgreSQL, or what it says to MariaDB. */
    public <T> T choose(T postgresql, T mariaDb) {
        return this == POSTGRESQL ? postgresql : mariaDb;
    }

    /** A database that every server has. */
    String systemDatabase() {
        return systemDatabase;
    }

    /** A query for the number of sessions of the database that wait for a lock. */
    String waitingSessions() {
        return waitingSessions;
    }

    /** The statement that removes a database, also while sessions use it. */
    String dropping(String database) {
        return "DROP DATABASE " + database + choose(" WITH (FORCE)", "");
    }
}
