package io.tandem.benchmarks.rig;

import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.ConnectionSettings;
import io.tandem.connect.database.Database;
import io.tandem.connect.sink.AlignmentSinkConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database under clocks: tables, triggers, and versions of the rows that are there before. */
public final class State {

    private State() {}

    /** A master's settings for the aggregate, without what concerns Connect. */
    public static Map<String, String> settings(Scratch database, Accounts accounts, String master) {
        Map<String, String> settings = new HashMap<>();
        settings.put("connection.url", database.url());
        settings.put("connection.user", database.server().adminUser());
        settings.put("connection.password", database.server().adminPassword());
        settings.put("master", master);
        settings.put("masters", "legacy,modern");
        settings.put("aggregate", "account");
        settings.put("aggregate.root", "account");
        settings.put("clock.install", "create");
        List<String> tables = accounts.tables();
        if (tables.size() > 1) {
            settings.put("aggregate.children", String.join(",", tables.subList(1, tables.size())));
        }
        return settings;
    }

    /** As {@link #settings}, for a sink with a mapping. */
    public static Map<String, String> sink(Scratch database, Accounts accounts, String master) {
        Map<String, String> settings = mapped(database, accounts, master, "FromCanonical");
        settings.put("connector.class", "io.tandem.connect.sink.AlignmentSinkConnector");
        return settings;
    }

    /** As {@link #settings}, for a source with a mapping. */
    public static Map<String, String> source(Scratch database, Accounts accounts, String master) {
        Map<String, String> settings = mapped(database, accounts, master, "ToCanonical");
        settings.put("connector.class", "io.tandem.connect.source.AlignmentSourceConnector");
        return settings;
    }

    /** As {@link #source(Scratch, Accounts, String)}, with what Connect wants to know; it creates the topic. */
    public static Map<String, String> source(Scratch database, Accounts accounts, String master, String topic) {
        Map<String, String> settings = source(database, accounts, master);
        settings.put("topic", topic);
        settings.put("topic.creation.default.replication.factor", "1");
        settings.put("topic.creation.default.partitions", "1");
        return settings;
    }

    /** As {@link #sink(Scratch, Accounts, String)}, with what Connect wants to know; it finds a new topic soon. */
    public static Map<String, String> sink(Scratch database, Accounts accounts, String master, String topic) {
        Map<String, String> settings = sink(database, accounts, master);
        settings.put("topics", topic);
        settings.put("consumer.override.auto.offset.reset", "earliest");
        settings.put("consumer.override.metadata.max.age.ms", "1000");
        return settings;
    }

    private static Map<String, String> mapped(Scratch database, Accounts accounts, String master, String transform) {
        Map<String, String> settings = settings(database, accounts, master);
        settings.put("transforms", "mapping");
        settings.put("transforms.mapping.type", "io.tandem.connect.transform." + transform);
        settings.put("transforms.mapping.mapping", accounts.mapping(master));
        settings.put("transforms.mapping.schema", accounts.avsc());
        return settings;
    }

    /**
     * Creates everything. Each row that is there was written once by the master {@code legacy}, and nothing is pending.
     *
     * @param stored how many rows are there
     */
    public static void create(Scratch database, Accounts accounts, int stored, String master) {
        accounts.create(database);
        if (stored > 0) {
            accounts.fill(database, stored);
        }
        install(database, settings(database, accounts, master));
        if (stored > 0) {
            version(database, 1, stored, master);
        }
        List<String> tables = new ArrayList<>(accounts.tables());
        tables.add("tandem_account_clock");
        database.analyze(tables);
    }

    /** The setting for {@link #createInRoot}, beside the others. */
    public static Map<String, String> inRoot() {
        return Map.of("clock.placement", "root");
    }

    /** As {@link #create} on PostgreSQL, with the versions in the rows of the root table. */
    public static void createInRoot(Scratch database, Accounts accounts, int stored, String master) {
        accounts.create(database);
        Map<String, String> settings = settings(database, accounts, master);
        settings.putAll(inRoot());
        install(database, settings);
        if (stored > 0) {
            // as defaults, since an update would leave a dead row beside each
            database.execute(
                    "ALTER TABLE account DISABLE TRIGGER USER",
                    "ALTER TABLE account ALTER clock_legacy SET DEFAULT 1, ALTER clock_timestamp SET DEFAULT 1000, "
                            + "ALTER clock_writer SET DEFAULT 'legacy'");
            accounts.fill(database, stored);
            database.execute(
                    "ALTER TABLE account ALTER clock_legacy SET DEFAULT 0, ALTER clock_timestamp SET DEFAULT 0, "
                            + "ALTER clock_writer SET DEFAULT ''",
                    "ALTER TABLE account ENABLE TRIGGER USER");
        }
        database.analyze(accounts.tables());
    }

    /** Gives the aggregates from one number to another one their first version, a write of {@code legacy} long ago. */
    public static void version(Scratch database, int first, int last, String master) {
        database.execute("INSERT INTO tandem_account_clock "
                + "(key_id, clock_legacy, clock_modern, clock_timestamp, clock_writer, clock_deleted, published) "
                + "SELECT n, 1, 0, 1000, 'legacy', FALSE, " + (master.equals("legacy") ? 1 : 0) + " FROM "
                + database.numbers(first, last));
    }

    private static void install(Scratch database, Map<String, String> settings) {
        AlignmentSinkConfig config = new AlignmentSinkConfig(settings);
        ConnectionSettings administrator = new ConnectionSettings(
                database.url(), database.server().adminUser(), database.server().adminPassword());
        try (Database pool = Database.connect(administrator, "benchmark")) {
            AlignedAggregate.open(pool, config.aggregate(), config.masters(), config.master(), true);
        }
    }
}
