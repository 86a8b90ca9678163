package io.tandem.connect.database.dialect;

import io.tandem.connect.aggregate.TableId;
import java.util.Map;

/**
 * One vendor's ways, split by concern. Implementations are immutable, thread-safe and know no configuration; vendor names
 * appear nowhere else.
 */
public interface Dialect {

    /** The vendor's name for people. */
    String name();

    /** True if this dialect speaks to that database. */
    boolean accepts(String jdbcUrl);

    /** The JDBC driver's class, shipped with the plugin. */
    String driverClass();

    /** Keeps the driver from writing what the server says about rows into the log by itself. Called before it is loaded. */
    default void silenceDriver() {}

    /** Driver properties that Tandem relies on. They win over nothing that the user put into the URL. */
    Map<String, String> connectionProperties();

    /**
     * The statement that every new session begins with. It has the server end a session of ours that sits in a
     * transaction without a word, since the worker may have died with the application's rows locked; and it makes values
     * come and go exactly, whatever the defaults of the server, the user or the URL are.
     */
    String sessionSetup();

    /** An identifier, quoted so that any name is safe. */
    String quote(String identifier);

    /** A quoted, schema-qualified table name. */
    default String quote(TableId table) {
        return quote(table.schema()) + "." + quote(table.name());
    }

    /** How catalogs are read. */
    CatalogDialect catalog();

    /** The tables, indexes and triggers of Tandem. */
    ClockDialect clocks();

    /** Statements over many rows. */
    BulkDialect bulk();

    /** Session settings of the transactions that write. */
    SessionDialect session();

    /** What an error means. */
    ErrorDialect errors();
}
