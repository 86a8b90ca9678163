package io.tandem.distribution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** Settings of the example connectors, each broken in one way; what of a mapping document, see {@link MappingFaults}. */
final class ConfigFaults {

    static final String SOURCE = "order-legacy-source";
    static final String SINK = "order-modern-sink";

    private final List<ConfigFault> faults = new ArrayList<>();

    private ConfigFaults() {}

    /**
     * All of them.
     *
     * @param source the settings of the source connector
     * @param sink the settings of the sink connector
     */
    static List<ConfigFault> all(ConfigDef source, ConfigDef sink) {
        ConfigFaults all = new ConfigFaults();
        for (String connector : List.of(SOURCE, SINK)) {
            all.ids(connector);
            all.tables(connector);
            all.clocks(connector);
            all.connections(connector);
        }
        all.types(SOURCE, source);
        all.types(SINK, sink);
        all.misspelled(SOURCE, source);
        all.misspelled(SINK, sink);
        all.ofTheOther(SOURCE, source, sink);
        all.ofTheOther(SINK, sink, source);
        all.topics();
        all.sinks();
        return all.faults;
    }

    private void add(String connector, String setting, @Nullable String value, String told) {
        faults.add(new ConfigFault(connector, Collections.singletonMap(setting, value), setting, told));
    }

    private void add(String connector, String blamed, String told, String... settings) {
        Map<String, @Nullable String> changes = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            changes.put(settings[i], settings[i + 1]);
        }
        faults.add(new ConfigFault(connector, changes, blamed, told));
    }

    private void ids(String connector) {
        for (String required : List.of("connection.url", "master", "masters", "aggregate", "aggregate.root")) {
            add(connector, required, null, "Missing required configuration");
        }
        for (String id :
                List.of("", " x", "Legacy", "le gacy", "9x", "x".repeat(31), "l\u00e9gacy", "x'; DROP TABLE y")) {
            // Kafka takes blanks around a value away
            if (!id.startsWith(" ")) {
                add(connector, "master", id, "a short id of lower-case letters");
                add(connector, "aggregate", id, "a short name of lower-case letters");
            }
            add(
                    connector,
                    "masters",
                    "legacy,modern," + (id.isEmpty() ? "A" : id.strip() + "!"),
                    "a list of short ids");
        }
        add(connector, "masters", "", "master");
        add(connector, "masters", "legacy;modern", "a list of short ids");
        add(connector, "masters", "legacy,modern,legacy", "each master once");
        add(connector, "masters", "legacy,modern,writer", "is the name of another column");
        add(connector, "masters", "mars,venus", "does not name this master");
        for (String policy : List.of("newest", "Timestamp", "java.lang.String", "io.tandem.clock.Nothing", "")) {
            add(connector, "conflict.policy", policy, "expected 'timestamp', 'priority' or a class");
        }
        add(
                connector,
                "conflict.policy",
                "valid for two masters only",
                "conflict.policy",
                "priority",
                "masters",
                "legacy,modern,mars");
    }

    private void tables(String connector) {
        for (String table : List.of(
                "no_such_table",
                "Orders",
                "nowhere.orders",
                "a.b.c",
                ".",
                "x'; DROP TABLE y",
                "x\u0000",
                "",
                "x".repeat(1000))) {
            add(connector, "aggregate.root", table, "");
            add(connector, "aggregate.children", table.isEmpty() ? "no_such_child" : table, "");
        }
        String child = connector.equals(SOURCE) ? "ORDER_LINES" : "sales_order_line";
        String prefix = "aggregate.children." + child;
        add(connector, "aggregate.children", child + "," + child, "twice");
        add(connector, "aggregate.children", connector.equals(SOURCE) ? "ORDERS" : "sales_order", "");
        add(connector, "aggregate.children", "no_such_table", prefix + ".table", "no_such_table");
        add(connector, prefix + ".parent", "nobody", "there is no child 'nobody'");
        add(connector, prefix + ".parent", child, "again");
        add(connector, prefix + ".foreign.key", "no_such_column", "no_such_column");
        add(connector, prefix + ".foreign.key", "a,b,c", "");
        add(connector, prefix + ".key", "no_such_column", "no_such_column");
        add(connector, prefix + ".tabel", "x", "did you mean '" + prefix + ".table'?");
        add(connector, prefix + ".what", "x", "one of [table, parent, foreign.key, key]");
        add(connector, "aggregate.children.nobody.table", "x", "expected aggregate.children.<name>.<what>");
        add(connector, "aggregate.key", "no_such_column", "no_such_column");
        add(connector, "aggregate.key", connector.equals(SOURCE) ? "REMARK" : "remark", "may be NULL");
        add(connector, "aggregate.key", connector.equals(SOURCE) ? "STATE" : "currency", "");
        add(
                connector,
                "aggregate.deleted.value",
                "is missing; name the value",
                "aggregate.deleted.column",
                connector.equals(SOURCE) ? "REMARK" : "remark");
        add(connector, "aggregate.deleted.column", "is missing", "aggregate.deleted.value", "1");
        add(connector, "aggregate.deleted.column", "is missing", "aggregate.deleted.restored", "1");
        add(
                connector,
                "aggregate.deleted.column",
                "no_such_column",
                "aggregate.deleted.column",
                "no_such_column",
                "aggregate.deleted.value",
                "1");
    }

    private void clocks(String connector) {
        for (String setting : List.of("clock.install", "clock.placement", "clock.stamping")) {
            add(connector, setting, "", "must be one of");
            add(connector, setting, "elsewhere", "must be one of");
        }
        add(
                connector,
                "aggregate.deleted.column",
                "the column that marks deleted rows",
                "clock.placement",
                "root",
                "clock.stamping",
                "application");
        add(connector, "clock.schema", "nowhere", "nowhere");
    }

    private void connections(String connector) {
        boolean legacy = connector.equals(SOURCE);
        String vendor = legacy ? "jdbc:mariadb:" : "jdbc:postgresql:";
        for (String url :
                List.of("", "jdbc:h2:mem:x", "localhost", "http://localhost", "jdbc:", vendor.substring(5), "\u0000")) {
            add(connector, "connection.url", url, "expected jdbc:postgresql: or jdbc:mariadb:");
        }
        add(connector, "connection.url", vendor + "//127.0.0.1:port/x", "");
        add(connector, "connection.url", vendor + "//127.0.0.1:99999/x", "");
        add(connector, "connection.url", vendor + "//127.0.0.1:1/x", "cannot be reached");
        add(connector, "connection.password", "wrong", "the database refuses the user");
        add(connector, "connection.password", "", "the database refuses the user");
        add(connector, "connection.password", "the database refuses the user", "connection.user", "nobody");
    }

    /** Values of other types than that of each setting. */
    private void types(String connector, ConfigDef definition) {
        definition.configKeys().values().forEach(key -> {
            switch (key.type) {
                case INT, LONG -> {
                    for (String number :
                            List.of("many", "1.5", "", "0x10", "99999999999999999999", "1_000", "1 000", "-1")) {
                        add(connector, key.name, number, "");
                    }
                }
                case BOOLEAN -> {
                    for (String flag : List.of("yes", "1", "", "maybe")) {
                        add(connector, key.name, flag, "");
                    }
                }
                default -> {}
            }
        });
    }

    /** Each setting with two letters in the wrong order, or one too many, or in capitals. */
    private void misspelled(String connector, ConfigDef definition) {
        List<String> names = definition.names().stream()
                .filter(name -> name.contains("."))
                .sorted()
                .toList();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int at = 1 + (7 * i) % (name.length() - 3);
            String wrong = switch (i % 3) {
                case 0 -> name.substring(0, at) + name.charAt(at) + name.substring(at);
                case 1 -> name.substring(0, at) + name.substring(at + 1);
                default -> name.replaceFirst("\\.", "_");
            };
            add(connector, wrong, "1", "did you mean '");
        }
        add(connector, "aggregate.chidlren", "x", "did you mean 'aggregate.children'?");
        add(connector, "clock.instal", "create", "did you mean 'clock.install'?");
        add(connector, "agregate.root", "x", "did you mean 'aggregate.root'?");
        add(connector, "connection.pool.size", "9", "is no setting of this connector");
    }

    /** What only the other kind of connector knows. */
    private void ofTheOther(String connector, ConfigDef own, ConfigDef other) {
        other.names().stream()
                .filter(name -> name.contains(".") && !own.names().contains(name))
                .forEach(name -> add(connector, name, "1", "is no setting of this connector"));
    }

    private void topics() {
        add(SOURCE, "topic", null, "Missing required configuration");
        for (String topic : List.of("", "a b", ".", "..", "x".repeat(250), "t\u00f6pic", "a/b", "a,b")) {
            add(SOURCE, "topic", topic, "");
        }
    }

    private void sinks() {
        add(SINK, "errors.tolerance", "errors.deadletterqueue.topic.name", "errors.tolerance", "all");
        add(
                SINK,
                "errors.tolerance",
                "errors.deadletterqueue.topic.name",
                "errors.tolerance",
                "all",
                "errors.deadletterqueue.topic.name",
                " ");
        add(SINK, "master", "is one of masters", "sink.follower", "true");
        add(
                SINK,
                "sink.follower",
                "needs the versions in the clock table",
                "sink.follower",
                "true",
                "master",
                "third",
                "clock.stamping",
                "application");
        add(SINK, "clock.skew.action", "ignore", "must be one of");
        add(SINK, "sink.batch.size", "10001", "must be no more than");
        add(SOURCE, "source.poll.interval.ms", "60001", "must be no more than");
    }
}
