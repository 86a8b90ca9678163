package io.tandem.distribution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.examples.Master;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One master's table with a column of every sampled type, its documents and its connectors. */
final class AllTypesTable {

    static final int ROWS = SampledTypes.ALL.stream()
            .mapToInt(type -> type.values().size())
            .max()
            .orElseThrow();

    private static final String NAME = "all_types";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Master master;
    private final boolean legacy;

    AllTypesTable(Master master) {
        this.master = master;
        this.legacy = master.id().equals("legacy");
    }

    Master master() {
        return master;
    }

    void create() throws SQLException {
        String columns = SampledTypes.ALL.stream()
                .map(type -> type.column() + " " + (legacy ? type.legacy() : type.modern()))
                .collect(Collectors.joining(", "));
        String table = "CREATE TABLE " + NAME + " (id BIGINT PRIMARY KEY, marker VARCHAR(50), " + columns
                + ", computed BIGINT GENERATED ALWAYS AS (id + 1) STORED)"
                + (legacy ? " DEFAULT CHARSET = utf8mb4" : "");
        List<String> statements =
                legacy ? List.of(table) : List.of("CREATE TYPE all_types_mood AS ENUM ('SAD', 'HAPPY')", table);
        try (Connection connection = master.server().connect(master.id());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        master.grant(Map.of("aggregate", "alltypes", "aggregate.root", NAME));
    }

    /** Inserts the samples from {@code first} on, and at last a row of NULLs. */
    void insert(long first) {
        for (int row = 0; row < ROWS; row++) {
            int sample = row;
            insert(
                    first + row,
                    SampledTypes.ALL.stream()
                            .map(type -> type.literal(legacy, sample))
                            .collect(Collectors.joining(", ")));
        }
        insert(first + ROWS, SampledTypes.ALL.stream().map(type -> "NULL").collect(Collectors.joining(", ")));
    }

    private void insert(long id, String values) {
        String columns = SampledTypes.ALL.stream().map(SampledType::column).collect(Collectors.joining(", "));
        master.run("INSERT INTO " + NAME + " (id, marker, " + columns + ") VALUES (" + id + ", 'new', " + values + ")");
    }

    /** The application writes a column of each of the rows, and nothing else. */
    void touch(long first, String marker) {
        master.run("UPDATE " + NAME + " SET marker = '" + marker + "' WHERE id BETWEEN " + first + " AND "
                + (first + ROWS));
    }

    boolean hasAll(long first, String marker) {
        return master.query("SELECT COUNT(*) FROM " + NAME + " WHERE marker = '" + marker + "' AND id BETWEEN " + first
                        + " AND " + (first + ROWS))
                .equals(Integer.toString(ROWS + 1));
    }

    /** A line for each column of a row, byte for byte and alike on both masters. */
    List<String> shown(long id) {
        return SampledTypes.ALL.stream()
                .map(type -> type.column() + " = "
                        + master.query("SELECT " + type.shown(legacy) + " FROM " + NAME + " WHERE id = " + id))
                .toList();
    }

    String computed(long id) {
        return master.query("SELECT computed FROM " + NAME + " WHERE id = " + id);
    }

    List<String> connectors() {
        return List.of("all-types-" + master.id() + "-source", "all-types-" + master.id() + "-sink");
    }

    ObjectNode source() {
        ObjectNode connector = connector(connectors().get(0), "source.AlignmentSourceConnector", "ToCanonical");
        config(connector)
                .put("topic", topic(master.id()))
                .put("topic.creation.default.replication.factor", "-1")
                .put("topic.creation.default.partitions", "1")
                .put("topic.creation.default.cleanup.policy", "compact");
        return connector;
    }

    ObjectNode sink(Master peer) {
        ObjectNode connector = connector(connectors().get(1), "sink.AlignmentSinkConnector", "FromCanonical");
        config(connector)
                .put("topics", topic(peer.id()))
                .put("consumer.override.metadata.max.age.ms", "5000")
                .put("consumer.override.auto.offset.reset", "earliest");
        return connector;
    }

    private static String topic(String id) {
        return "tandem.alltypes." + id;
    }

    private static ObjectNode config(ObjectNode connector) {
        return (ObjectNode) connector.get("config");
    }

    private ObjectNode connector(String name, String connectorClass, String transform) {
        String secrets = "${file:tandem/" + master.id() + ".properties:";
        ObjectNode connector = JSON.createObjectNode().put("name", name);
        connector
                .putObject("config")
                .put("connector.class", "io.tandem.connect." + connectorClass)
                .put("tasks.max", "1")
                .put("master", master.id())
                .put("masters", "legacy,modern")
                .put("conflict.policy", "timestamp")
                .put("connection.url", secrets + "url}")
                .put("connection.user", secrets + "user}")
                .put("connection.password", secrets + "password}")
                .put("aggregate", "alltypes")
                .put("aggregate.root", NAME)
                .put("clock.install", "create")
                .put("transforms", "mapping")
                .put("transforms.mapping.type", "io.tandem.connect.transform." + transform)
                .put("transforms.mapping.mapping", mapping())
                .put("transforms.mapping.schema", canonical());
        return connector;
    }

    private String mapping() {
        String fields = SampledTypes.ALL.stream()
                .map(type -> ", {\"field\": \"" + type.column() + "\", \"column\": \"" + type.column() + "\""
                        + type.options(legacy) + "}")
                .collect(Collectors.joining());
        return "{\"aggregate\": \"alltypes\", \"master\": \"" + master.id() + "\", \"fields\": ["
                + "{\"field\": \"id\", \"column\": \"id\"}, {\"field\": \"marker\", \"column\": \"marker\"}" + fields
                + "]}";
    }

    private static String canonical() {
        String fields = SampledTypes.ALL.stream()
                .map(type -> ", {\"name\": \"" + type.column() + "\", \"type\": [\"null\", " + type.canonical()
                        + "], \"default\": null}")
                .collect(Collectors.joining());
        return "{\"type\": \"record\", \"name\": \"AllTypes\", \"namespace\": \"com.example.aligned\", \"key\": [\"id\"], "
                + "\"fields\": [{\"name\": \"id\", \"type\": \"long\"}, {\"name\": \"marker\", \"type\": \"string\"}"
                + fields + "]}";
    }
}
