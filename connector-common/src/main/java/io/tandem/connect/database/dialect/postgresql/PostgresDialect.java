package io.tandem.connect.database.dialect.postgresql;

import io.tandem.connect.database.dialect.BulkDialect;
import io.tandem.connect.database.dialect.CatalogDialect;
import io.tandem.connect.database.dialect.ClockDialect;
import io.tandem.connect.database.dialect.Dialect;
import io.tandem.connect.database.dialect.ErrorDialect;
import io.tandem.connect.database.dialect.SessionDialect;
import java.util.Map;

/** PostgreSQL, from 12 on. */
public final class PostgresDialect implements Dialect {

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public boolean accepts(String jdbcUrl) {
        return jdbcUrl.startsWith("jdbc:postgresql:");
    }

    @Override
    public String driverClass() {
        return "org.postgresql.Driver";
    }

    /**
     * A text parameter takes the type that it is compared with, so that keys of any type (uuid, enum) can be bound. Without
     * details of errors, the message of a batch that fails does not quote its statement with all values.
     */
    @Override
    public Map<String, String> connectionProperties() {
        return Map.of(
                "ApplicationName", "tandem",
                "loginTimeout", "10",
                "socketTimeout", "120",
                "connectTimeout", "5",
                "tcpKeepAlive", "true",
                "stringtype", "unspecified",
                "logServerErrorDetail", "false");
    }

    /**
     * The text form of a value depends on the session's settings; those of the user or of the database do not count. What
     * is committed is durable, whatever they say: a counter that was sent and then forgotten would be used twice.
     */
    @Override
    public String sessionSetup() {
        return "SELECT set_config('idle_in_transaction_session_timeout', '10s', false), "
                + "set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO', false), "
                + "set_config('IntervalStyle', 'postgres', false), set_config('extra_float_digits', '3', false), "
                + "set_config('bytea_output', 'hex', false), "
                + "set_config('synchronous_commit', CASE current_setting('synchronous_commit') "
                + "WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false)";
    }

    @Override
    public String quote(String identifier) {
        return quoted(identifier);
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A string literal; standard_conforming_strings is on since 9.1. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public CatalogDialect catalog() {
        return new PostgresCatalog();
    }

    @Override
    public ClockDialect clocks() {
        return new PostgresClocks(this);
    }

    @Override
    public BulkDialect bulk() {
        return new PostgresBulk(this);
    }

    @Override
    public SessionDialect session() {
        return new PostgresSession();
    }

    @Override
    public ErrorDialect errors() {
        return new PostgresErrors();
    }
}
