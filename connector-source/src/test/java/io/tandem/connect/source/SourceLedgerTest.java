package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testbed.Grants;
import io.tandem.testbed.SingleGrant;
import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import io.tandem.testbed.fixtures.Users;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger's entries travel, too, if that is wanted. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceLedgerTest {

    private static final String[] WITH_LEDGER = {"ledger.topic", "conflicts"};
    private static final RecordMetadata METADATA =
            new RecordMetadata(new TopicPartition("conflicts", 0), 0, 0, 0, 0, 0);

    private final TestDatabase database;

    SourceLedgerTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
    }

    private static String entry(int key, String data) {
        return "INSERT INTO tandem_customer_ledger (kind, key_id, noted_at, incoming_clock, incoming_timestamp, "
                + "incoming_writer, winner, rule, overruled_deleted, overruled_data, record_topic, record_partition, "
                + "record_offset) VALUES ('CONFLICT', " + key + ", 5, '{\"legacy\":1}', 7, 'modern', 'stored', "
                + "'timestamp', false, '" + data + "', 'customers', 2, 4711)";
    }

    private static List<SourceRecord> poll(AlignmentSourceTask task) {
        try {
            List<SourceRecord> records = task.poll();
            return records == null ? List.of() : records;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Polls until so many records have come. */
    private static List<SourceRecord> await(Source source, int count) {
        List<SourceRecord> records = new ArrayList<>();
        Awaitility.await().until(() -> {
            records.addAll(poll(source.task()));
            return records.size() >= count;
        });
        return records;
    }

    private void awaitSent(Source source, int count) {
        Awaitility.await().until(() -> {
            poll(source.task());
            return database.number("SELECT COUNT(*) FROM tandem_customer_ledger WHERE sent") == count;
        });
    }

    @Test
    void an_entry_is_sent_as_it_is_and_once_when_kafka_has_it() {
        try (Source source = Source.startOn(database, WITH_LEDGER)) {
            database.execute(entry(1, "{\"id\":1}"));

            SourceRecord record = await(source, 1).get(0);

            assertThat(record.topic()).isEqualTo("conflicts");
            Struct value = (Struct) record.value();
            value.validate();
            assertThat(value.getString("master")).isEqualTo("legacy");
            assertThat(value.getString("aggregate")).isEqualTo("customer");
            assertThat(value.getString("kind")).isEqualTo("CONFLICT");
            assertThat(value.getInt64("key_id")).isOne();
            assertThat(value.getString("overruled_data")).isEqualTo("{\"id\":1}");
            assertThat(value.getString("stored_clock")).isNull();
            assertThat(value.getBoolean("overruled_deleted")).isFalse();
            assertThat(value.getInt32("record_partition")).isEqualTo(2);
            assertThat(((Struct) record.key()).getInt64("id")).isEqualTo(value.getInt64("id"));
            source.task().commitRecord(record, METADATA);
            awaitSent(source, 1);
        }
        try (Source again = Source.start(database, WITH_LEDGER)) {
            database.execute(entry(2, "{}"));
            assertThat(((Struct) await(again, 1).get(0).value()).getInt64("key_id"))
                    .isEqualTo(2);
        }
    }

    @Test
    void what_kafka_never_got_is_sent_again_after_the_next_start() {
        try (Source source = Source.startOn(database, WITH_LEDGER)) {
            database.execute(entry(1, "{}"));
            source.task().commitRecord(await(source, 1).get(0), null);
            database.execute(entry(2, "{}"));
            source.task().commitRecord(await(source, 1).get(0), METADATA);
            awaitSent(source, 1);
        }
        try (Source again = Source.start(database, WITH_LEDGER)) {
            assertThat(((Struct) await(again, 1).get(0).value()).getInt64("key_id"))
                    .isOne();
        }
    }

    @Test
    void an_entry_whose_transaction_commits_late_is_not_missed() throws Exception {
        try (Source source = Source.startOn(database, WITH_LEDGER);
                Connection late = database.begin()) {
            Sql.run(late, entry(1, "{}"));
            database.execute(entry(2, "{}"));
            SourceRecord first = await(source, 1).get(0);
            source.task().commitRecord(first, METADATA);
            awaitSent(source, 1);

            late.commit();

            assertThat(((Struct) await(source, 1).get(0).value()).getInt64("key_id"))
                    .isOne();
        }
    }

    @Test
    void many_entries_go_in_their_order() {
        try (Source source = Source.startOn(database, WITH_LEDGER)) {
            List<String> entries = new ArrayList<>();
            for (int i = 0; i < 1200; i++) {
                entries.add(entry(i, "{}"));
            }
            database.execute(entries.toArray(String[]::new));

            List<SourceRecord> records = await(source, 1200);

            assertThat(records.stream().map(record -> ((Struct) record.value()).getInt64("key_id")))
                    .hasSize(1200)
                    .isSorted()
                    .doesNotHaveDuplicates();
            records.forEach(record -> source.task().commitRecord(record, METADATA));
            awaitSent(source, 1200);
        }
    }

    @Test
    void the_rights_that_it_takes_are_named_by_the_check() throws Exception {
        Map<String, String> settings = database.settings("legacy");
        settings.putAll(Map.of("topic", "customers", "ledger.topic", "conflicts", "clock.install", "validate"));
        database.installAsAdministrator(new AlignmentSourceConfig(settings));
        List<SingleGrant> singles;
        try (Connection administrator = database.connect()) {
            Grants grants = Grants.of(settings, Users.TANDEM, database.schema()).installed(administrator);
            grants.run(administrator, Grants.name(database.server(), Grants.Role.SOURCE, Grants.Install.VALIDATE));
            String name = Grants.ledgerName(database.server(), Grants.Install.VALIDATE);
            grants.run(administrator, name);
            singles = grants.singles(name);
        }
        assertThat(Source.KIND.complaints(settings)).isEmpty();

        assertThat(singles).hasSize(2);
        for (SingleGrant single : singles) {
            database.execute(single.revoke());
            assertThat(Source.KIND.complaints(settings)).contains(single.right() + " on", "tandem_customer_ledger");
            database.execute(single.grant());
        }
    }

    @Test
    void without_a_topic_the_ledger_stays_where_it_is() {
        try (Source source = Source.startOn(database)) {
            database.execute(entry(1, "{}"));
            assertThat(source.idle()).isEmpty();
        }
        assertThatThrownBy(() -> Source.start(database, "ledger.topic", "customers"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ledger.topic")
                .hasMessageContaining("name another one");
    }
}
