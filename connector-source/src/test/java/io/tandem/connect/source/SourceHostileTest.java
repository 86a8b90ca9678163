package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.source.Servers.Databases;
import io.tandem.testbed.Grants;
import io.tandem.testbed.HostileText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever tables and columns are called, and whatever texts keys, rows and child rows hold, they travel as they are. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceHostileTest {

    private final TestDatabase database;

    SourceHostileTest(Vendor vendor, Databases databases) throws SQLException {
        database = databases.create(vendor);
        String exact = "VARCHAR(250)" + (vendor == Vendor.POSTGRESQL ? "" : " COLLATE utf8mb4_bin");
        String key = quoted(HostileText.KEY);
        String text = quoted(HostileText.COLUMN);
        String root = quoted(HostileText.ROOT);
        String child = quoted(HostileText.CHILD);
        database.execute(
                "CREATE TABLE " + root + " (" + key + " " + exact + " PRIMARY KEY, " + text + " TEXT)",
                "CREATE TABLE " + child + " (" + key + " " + exact + " NOT NULL, place " + exact + " NOT NULL, " + text
                        + " TEXT, PRIMARY KEY (" + key + ", place), CONSTRAINT of_root FOREIGN KEY (" + key
                        + ") REFERENCES " + root + " ("
                        + key + "))");
        Grants grants = new Grants(
                Vendor.TANDEM,
                database.schema(),
                root,
                List.of(root, child),
                "tandem_hostile_clock",
                List.of("tandem_hostile_journal"),
                List.of());
        try (Connection administrator = database.connect()) {
            grants.run(administrator, Grants.name(database.server(), Grants.Role.SOURCE, Grants.Install.CREATE));
        }
    }

    private String quoted(String name) {
        return database.quoted(name);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(database.settings("legacy"));
        settings.put("aggregate", "hostile");
        settings.put("aggregate.root", database.schema() + "." + HostileText.ROOT);
        settings.put("aggregate.children", "rows");
        settings.put("aggregate.children.rows.table", database.schema() + "." + HostileText.CHILD);
        settings.put("topic", "hostile");
        settings.put("source.poll.interval.ms", "20");
        return settings;
    }

    @Test
    void every_text_is_sent_as_it_is() throws SQLException {
        assertThat(new AlignmentSourceConnector().validate(settings()).configValues())
                .allSatisfy(value -> assertThat(value.errorMessages()).isEmpty());
        try (Source source = Source.startAsItIs(settings())) {
            assertThat(source.idle()).isEmpty();
            for (String value : HostileText.VALUES) {
                update("INSERT INTO " + quoted(HostileText.ROOT) + " VALUES (?, ?)", value, value);
                update("INSERT INTO " + quoted(HostileText.CHILD) + " VALUES (?, ?, ?)", value, value, value);
            }

            Map<String, Struct> sent = source.drain().stream()
                    .collect(Collectors.toMap(
                            record -> ((Struct) record.record().key()).getString(HostileText.KEY),
                            record -> ((Struct) record.record().value()).getStruct("data"),
                            (first, later) -> later));

            assertThat(sent).containsOnlyKeys(HostileText.VALUES);
            sent.forEach((value, data) -> {
                assertThat(data.getString(HostileText.COLUMN)).isEqualTo(value);
                assertThat(data.<Struct>getArray("rows"))
                        .singleElement()
                        .satisfies(row -> assertThat(List.of(row.getString("place"), row.getString(HostileText.COLUMN)))
                                .containsExactly(value, value));
            });
            update("DELETE FROM " + quoted(HostileText.CHILD));
            update("DELETE FROM " + quoted(HostileText.ROOT));
            assertThat(source.drain()).hasSameSizeAs(HostileText.VALUES).allMatch(Sent::deleted);
        }
    }

    private void update(String sql, String... values) throws SQLException {
        try (Connection application = database.connect();
                PreparedStatement statement = application.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
