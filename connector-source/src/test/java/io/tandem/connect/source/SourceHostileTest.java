package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.HostileText;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.HostileTables;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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
    private final HostileTables tables;

    SourceHostileTest(Vendor vendor, Databases databases) throws SQLException {
        database = databases.create(vendor);
        tables = HostileTables.create(database, Source.KIND.role());
    }

    private String quoted(String name) {
        return database.quoted(name);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = tables.settings("legacy");
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
