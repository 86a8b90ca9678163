package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.clock.Masters;
import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.Database;
import io.tandem.connect.record.LocalRecords;
import io.tandem.testbed.HostileText;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.HostileTables;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import io.tandem.testbed.fixtures.Users;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever tables and columns are called, and whatever texts keys, rows and child rows hold, they are applied as they are or refused by name. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkHostileTest {

    private final Vendor vendor;
    private final TestDatabase database;
    private final HostileTables tables;

    SinkHostileTest(Vendor vendor, Databases databases) throws SQLException {
        this.vendor = vendor;
        database = databases.create(vendor);
        tables = HostileTables.create(database, Sink.KIND.role());
    }

    private String quoted(String name) {
        return database.quoted(name);
    }

    private Map<String, String> settings() {
        return tables.settings("modern");
    }

    /** The records of another master whose tables are called like ours. */
    private LocalRecords records(AlignmentSinkConfig config) {
        try (Database opened = Database.connect(config.connection(), "test")) {
            AlignedAggregate aligned = AlignedAggregate.open(
                    opened, config.aggregate(), new Masters(List.of("legacy", "modern")), "modern", true);
            return new LocalRecords(aligned.aggregate(), "legacy", "timestamp:legacy,modern");
        }
    }

    private static SinkRecord record(LocalRecords records, String key, @Nullable String value, long count) {
        AggregateState state = value == null
                ? null
                : AggregateState.of(new Row(key, value), List.of(List.of(new Row(key, value, value))));
        return recordOf(records, key, state, count);
    }

    private static SinkRecord recordOf(LocalRecords records, String key, @Nullable AggregateState state, long count) {
        Struct envelope =
                records.value(new Version(VectorClock.of(Map.of("legacy", count)), 1000 * count, "legacy"), state);
        return new SinkRecord(
                "hostile",
                0,
                records.keySchema(),
                records.key(new AggregateKey(List.of(key))),
                records.valueSchema(),
                envelope,
                count);
    }

    private void applyAll() throws SQLException {
        LocalRecords records = records(new AlignmentSinkConfig(settings()));
        try (Sink sink = Sink.startAsItIs(settings())) {
            for (String value : HostileText.VALUES) {
                sink.putRaw(record(records, value, value, 1));
            }
            assertThat(stored()).isEqualTo(new TreeSet<>(HostileText.VALUES));

            for (String value : HostileText.VALUES) {
                sink.putRaw(record(records, value, value + "!", 2));
            }
            assertThat(stored()).hasSameSizeAs(HostileText.VALUES).allMatch(value -> value.endsWith("!"));

            for (String value : HostileText.VALUES) {
                sink.putRaw(record(records, value, null, 3));
            }
            assertThat(stored()).isEmpty();
        }
        assertThat(database.number("SELECT COUNT(*) FROM tandem_hostile_clock")).isEqualTo(HostileText.VALUES.size());
        assertThat(database.number("SELECT COUNT(*) FROM tandem_hostile_journal"))
                .isZero();
    }

    /** The texts of the rows, which are those of their child rows. */
    private Set<String> stored() throws SQLException {
        Set<String> stored = new TreeSet<>();
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement("SELECT r." + quoted(HostileText.COLUMN)
                        + ", c."
                        + quoted(HostileText.COLUMN) + ", c.place FROM " + quoted(HostileText.ROOT) + " r LEFT JOIN "
                        + quoted(HostileText.CHILD) + " c ON c." + quoted(HostileText.KEY) + " = r."
                        + quoted(HostileText.KEY));
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                assertThat(List.of(rows.getString(2), rows.getString(3))).containsOnly(rows.getString(1));
                stored.add(rows.getString(1));
            }
        }
        return stored;
    }

    @Test
    void every_text_is_applied_as_it_is() throws SQLException {
        applyAll();
    }

    @Test
    void whether_backslashes_escape_by_default_or_not() throws SQLException {
        if (vendor == Vendor.MARIADB) {
            String mode = database.query("SELECT @@GLOBAL.sql_mode").get(0);
            database.execute("SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT'");
            try {
                applyAll();
            } finally {
                database.execute("SET GLOBAL sql_mode = '" + mode + "'");
            }
        } else {
            database.execute("ALTER ROLE " + Users.TANDEM + " SET standard_conforming_strings = off");
            try {
                applyAll();
            } finally {
                database.execute("ALTER ROLE " + Users.TANDEM + " RESET standard_conforming_strings");
            }
        }
    }

    /** To a padding collation these are the same key, to PostgreSQL, and to us, they are not: such a record is not applied. */
    @Test
    void a_key_that_differs_by_trailing_blanks_touches_no_other_row() throws SQLException {
        LocalRecords records = records(new AlignmentSinkConfig(settings()));
        try (Sink sink = Sink.startAsItIs(settings())) {
            sink.putRaw(record(records, "a", "plain", 1));

            if (vendor == Vendor.POSTGRESQL) {
                sink.putRaw(record(records, "a ", "padded", 1));
                sink.putRaw(record(records, "a ", null, 2));
            } else {
                assertThatThrownBy(() -> sink.putRaw(record(records, "a ", "padded", 1)))
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining("cannot apply a ")
                        .hasMessageContaining("spelled differently");
            }

            assertThat(stored()).containsExactly("plain");
        }
    }

    @Test
    void a_key_that_differs_by_trailing_blanks_touches_no_row_without_children_either() throws SQLException {
        Map<String, String> settings = settings();
        settings.keySet().removeIf(setting -> setting.startsWith("aggregate.children"));
        LocalRecords records = records(new AlignmentSinkConfig(settings));
        String root = "SELECT " + quoted(HostileText.COLUMN) + " FROM " + quoted(HostileText.ROOT);
        try (Sink sink = Sink.startAsItIs(settings)) {
            sink.putRaw(recordOf(records, "a", AggregateState.of(new Row("a", "plain"), List.of()), 1));
            SinkRecord padded = recordOf(records, "a ", AggregateState.of(new Row("a ", "padded"), List.of()), 1);

            if (vendor == Vendor.POSTGRESQL) {
                sink.putRaw(padded);
                assertThat(database.query(root)).containsExactlyInAnyOrder("plain", "padded");
            } else {
                assertThatThrownBy(() -> sink.putRaw(padded)).hasMessageContaining("spelled differently");
                assertThat(database.query(root)).containsExactly("plain");
            }
        }
    }

    @Test
    void a_zero_byte_is_applied_or_refused_by_the_key() throws SQLException {
        LocalRecords records = records(new AlignmentSinkConfig(settings()));
        try (Sink sink = Sink.startAsItIs(settings())) {
            SinkRecord inData = record(records, "key", "Geheim\0", 1);
            if (vendor == Vendor.MARIADB) {
                sink.putRaw(inData);
                assertThat(stored()).containsExactly("Geheim\0");
            } else {
                assertThatThrownBy(() -> sink.putRaw(inData))
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining("key")
                        .hasMessageNotContaining("Geheim");
                assertThat(stored()).isEmpty();
            }
        }
    }
}
