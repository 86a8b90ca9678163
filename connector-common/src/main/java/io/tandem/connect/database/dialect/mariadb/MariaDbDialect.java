package io.tandem.connect.database.dialect.mariadb;

import io.tandem.connect.database.dialect.BulkDialect;
import io.tandem.connect.database.dialect.CatalogDialect;
import io.tandem.connect.database.dialect.ClockDialect;
import io.tandem.connect.database.dialect.Dialect;
import io.tandem.connect.database.dialect.ErrorDialect;
import io.tandem.connect.database.dialect.SessionDialect;
import java.util.Map;

/** MariaDB, from 10.6 on. */
public final class MariaDbDialect implements Dialect {

    @Override
    public String name() {
        return "MariaDB";
    }

    @Override
    public boolean accepts(String jdbcUrl) {
        return jdbcUrl.startsWith("jdbc:mariadb:");
    }

    @Override
    public String driverClass() {
        return "org.mariadb.jdbc.Driver";
    }

    @Override
    public void silenceDriver() {
        MariaDbLogging.silence();
    }

    /** Bulk: one round trip per batch. TINYINT(1) stays a number. TIMESTAMP columns are read and written in UTC. */
    @Override
    public Map<String, String> connectionProperties() {
        return Map.of(
                "useBulkStmts", "true",
                "tinyInt1isBit", "false",
                "connectionTimeZone", "UTC",
                "forceConnectionTimeZoneToSession", "true",
                "connectTimeout", "5000",
                "socketTimeout", "120000");
    }

    /**
     * Modes and zone are those of this session, whatever the server's default and the URL say: a value that does not fit
     * is an error and never cut, CHAR comes without padding, and a key of 0 stays 0 where the server makes up keys. Dates
     * without a day are not forbidden, so that a column that Tandem does not write may have one as its default.
     */
    @Override
    public String sessionSetup() {
        return "SET SESSION idle_transaction_timeout = 10, time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,"
                + "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'";
    }

    @Override
    public String quote(String identifier) {
        return '`' + identifier.replace("`", "``") + '`';
    }

    /** A string literal that is the same with and without NO_BACKSLASH_ESCAPES, for names without backslashes. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public CatalogDialect catalog() {
        return new MariaDbCatalog(this);
    }

    @Override
    public ClockDialect clocks() {
        return new MariaDbClocks(this);
    }

    @Override
    public BulkDialect bulk() {
        return new MariaDbBulk(this);
    }

    @Override
    public SessionDialect session() {
        return new MariaDbSession();
    }

    @Override
    public ErrorDialect errors() {
        return new MariaDbErrors();
    }
}
