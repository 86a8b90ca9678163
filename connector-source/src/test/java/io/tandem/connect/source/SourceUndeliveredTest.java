package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.Database;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What never reached Kafka is sent again when its pause is over. The test moves the clock. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceUndeliveredTest {

    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final TestDatabase database;
    private final Database pool;
    private final MovedClock clock = new MovedClock();
    private final PublicationWindow window = new PublicationWindow(false);
    private final Publication publication;

    SourceUndeliveredTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
        Map<String, String> settings = database.settings("legacy");
        settings.put("topic", "customers");
        database.prepare(Source.KIND, settings);
        AlignmentSourceConfig config = new AlignmentSourceConfig(settings);
        pool = Database.connect(config.connection(), "test");
        AlignedAggregate aligned =
                AlignedAggregate.open(pool, config.aggregate(), config.masters(), config.master(), true);
        publication = new Publication(config, pool, aligned, window, clock);
        database.execute(
                "INSERT INTO customer (id, name) VALUES (1, 'Ann')",
                "INSERT INTO customer (id, name) VALUES (2, 'Bob')");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private static final class MovedClock extends Clock {
        private Instant now = Instant.now();

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }

        void move(Duration by) {
            now = now.plus(by);
        }
    }

    /** The keys of what is sent when the clock has moved by that much. */
    private List<AlignmentSourceRecord> after(Duration pause) throws InterruptedException {
        clock.move(pause);
        List<SourceRecord> records = publication.poll();
        return records.stream().map(AlignmentSourceRecord.class::cast).toList();
    }

    private void dropFirstTakeOthers(List<AlignmentSourceRecord> records) {
        records.forEach(record -> {
            if (id(record) == 1) {
                window.dropped(record);
            } else {
                window.acknowledged(record);
            }
        });
    }

    private static long id(AlignmentSourceRecord record) {
        return (Long) record.aggregateKey().values().get(0);
    }

    @Test
    void a_dropped_record_is_sent_again_after_a_pause_that_grows_and_then_never_again() throws InterruptedException {
        dropFirstTakeOthers(after(A_MOMENT));

        assertThat(after(A_MOMENT)).isEmpty();
        assertThat(after(Withheld.FIRST_PAUSE.minusSeconds(2))).isEmpty();
        List<AlignmentSourceRecord> second = after(A_MOMENT.multipliedBy(2));
        assertThat(second).extracting(SourceUndeliveredTest::id).containsExactly(1L);
        dropFirstTakeOthers(second);

        assertThat(after(A_MOMENT)).isEmpty();
        assertThat(after(Withheld.FIRST_PAUSE)).isEmpty();
        List<AlignmentSourceRecord> third = after(Withheld.FIRST_PAUSE);
        assertThat(third).extracting(SourceUndeliveredTest::id).containsExactly(1L);
        assertThat(third.get(0).ownCounter()).isOne();
        third.forEach(window::acknowledged);

        assertThat(after(A_MOMENT)).isEmpty();
        assertThat(after(Withheld.LONGEST_PAUSE)).isEmpty();
        assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_clock WHERE clock_legacy > published"))
                .isZero();
        assertThat(window.withheld()).isZero();
    }

    @Test
    void a_change_is_sent_at_once_while_others_go_on() throws InterruptedException {
        dropFirstTakeOthers(after(A_MOMENT));
        assertThat(after(A_MOMENT)).isEmpty();

        database.execute("UPDATE customer SET counter = 8");

        List<AlignmentSourceRecord> changed = after(A_MOMENT);
        assertThat(changed).extracting(SourceUndeliveredTest::id).containsExactlyInAnyOrder(1L, 2L);
        assertThat(changed).extracting(AlignmentSourceRecord::ownCounter).containsOnly(2L);
    }

    @Test
    void what_has_no_answer_when_the_task_stops_is_known() throws InterruptedException {
        List<AlignmentSourceRecord> sent = after(A_MOMENT);
        window.acknowledged(sent.get(1));

        publication.stop(List.of());

        assertThat(window.unanswered()).containsExactly(sent.get(0));
    }

    @Test
    void what_the_last_poll_found_and_nobody_sends_is_no_record_without_an_answer() throws InterruptedException {
        List<AlignmentSourceRecord> sent = after(A_MOMENT);

        publication.stop(List.of(sent.get(1)));

        assertThat(window.unanswered()).containsExactly(sent.get(0));
    }
}
