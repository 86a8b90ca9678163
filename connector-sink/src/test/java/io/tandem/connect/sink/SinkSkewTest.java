package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.DatabaseException;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A master whose clock is ahead is noticed, and its records are refused if that is wanted. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkSkewTest {

    private static final long SECOND = 1_000_000;
    private static final long HOUR = 3600 * SECOND;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Vendor vendor;
    private final TestDatabase database;
    private final Database opened;
    private final AtomicLong nanoTime = new AtomicLong();
    private final DatabaseClock clock;

    SinkSkewTest(Vendor vendor, Databases databases) {
        this.vendor = vendor;
        database = databases.create(vendor).withTables();
        Map<String, String> settings = database.settings("modern");
        database.prepare(Sink.KIND, settings);
        opened = Database.open(new AlignmentSinkConfig(settings).connection(), "test", 1);
        clock = new DatabaseClock(opened, nanoTime::get);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private long databaseNow() {
        return database.number(
                vendor == Vendor.POSTGRESQL
                        ? "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)"
                        : "SELECT CAST(UNIX_TIMESTAMP(SYSDATE(6)) * 1000000 AS SIGNED)");
    }

    private SkewWatch watch(Duration max, boolean refuses) {
        return new SkewWatch("customer", max, refuses, clock, nanoTime::get);
    }

    private void check(SkewWatch watch, long id, long timestamp) {
        Version version = new Version(VectorClock.of(Map.of("legacy", 1L)), timestamp, "legacy");
        RecordPlace place = new RecordPlace(Change.TOPIC, 0, 40 + id);
        watch.check(new Incoming(new AggregateKey(List.of(id)), version, null, place));
    }

    private void passes(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    @Test
    void the_time_is_that_of_the_database() {
        long before = databaseNow();

        long now = clock.nowMicros();

        assertThat(now).isBetween(before, databaseNow());
    }

    @Test
    void the_database_is_asked_once_a_minute() {
        long first = clock.nowMicros();
        passes(MINUTE);
        assertThat(clock.nowMicros()).isEqualTo(first + 60 * SECOND);
        opened.close();
        assertThat(clock.nowMicros()).isEqualTo(first + 60 * SECOND);

        passes(Duration.ofNanos(1));

        assertThatThrownBy(clock::nowMicros).isInstanceOf(DatabaseException.class);
    }

    @Test
    void what_is_on_time_or_late_or_a_little_ahead_is_nothing_special() {
        SkewWatch watch = watch(MINUTE, true);
        long now = clock.nowMicros();

        check(watch, 1, now - HOUR);
        assertThat(watch.largestMicros()).isZero();
        check(watch, 2, now + 60 * SECOND);

        assertThat(watch.largestMicros()).isEqualTo(60 * SECOND);
        assertThat(watch.exceeded()).isZero();
        assertThat(watch.warning()).isEmpty();
    }

    @Test
    void one_warning_tells_the_farthest_of_a_batch_and_the_next_one_has_to_wait() {
        SkewWatch watch = watch(Duration.ofSeconds(30), false);
        long now = clock.nowMicros();

        check(watch, 1, now + 61 * SECOND);
        check(watch, 2, now + HOUR);
        check(watch, 3, now + 62 * SECOND);

        // the database was asked again, some moments after
        assertThat(watch.largestMicros()).isBetween(HOUR - 30 * SECOND, HOUR);
        assertThat(watch.exceeded()).isEqualTo(3);
        assertThat(watch.warning().orElseThrow())
                .matches("SKEW customer: 3 records with timestamps more than 30000 ms ahead of this database's clock; "
                        + "the farthest is 2, written by legacy, 3[0-9]{6} ms ahead \\(record legacy.customer-0@42\\). "
                        + "A master whose clock is ahead wins every conflict: set its clock right");
        assertThat(watch.warning()).isEmpty();

        check(watch, 4, clock.nowMicros() + 2 * HOUR);
        assertThat(watch.warning()).as("at once").isEmpty();
        passes(Duration.ofSeconds(10));
        assertThat(watch.warning().orElseThrow()).contains("SKEW customer: 1 records", "the farthest is 4,");
    }

    /** As when the machine was suspended: the database's clock went on, and our running time did not. */
    @Test
    void a_running_time_that_stood_still_is_not_taken_for_skew() {
        SkewWatch watch = watch(Duration.ofMillis(1), true);
        long later = awaitDatabaseAfter(clock.nowMicros() + 10_000);

        check(watch, 1, later);

        assertThat(watch.exceeded()).isZero();
    }

    private long awaitDatabaseAfter(long micros) {
        return await().pollInterval(Duration.ofMillis(10)).until(this::databaseNow, now -> now >= micros);
    }

    @Test
    void nothing_is_checked_if_that_is_not_wanted() {
        SkewWatch watch = watch(Duration.ZERO, true);
        opened.close();

        check(watch, 1, Long.MAX_VALUE);

        assertThat(watch.largestMicros()).isZero();
        assertThat(watch.exceeded()).isZero();
    }

    @Test
    void a_record_of_the_future_is_applied_by_default() {
        long future = databaseNow() + HOUR;
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(Change.named(1, "Ann").clock(1, 0).at(future));
        }

        assertThat(database.clock(1)).isEqualTo("1,0 @" + future + " legacy");
    }

    @Test
    void a_record_of_the_future_is_refused_if_that_is_wanted() {
        long now = databaseNow();
        try (Sink sink = Sink.startOn(database, "clock.skew.action", "refuse")) {
            sink.apply(Change.named(1, "Ann").clock(1, 0).at(now + 30 * SECOND));

            assertThatThrownBy(() -> sink.put(
                            Change.named(2, "Bob").clock(1, 0).at(now),
                            Change.named(3, "Geheim").clock(1, 0).at(now + HOUR)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("legacy.customer-0@2, key 3: written by 'legacy'")
                    .hasMessageContaining("ms ahead of this database's clock")
                    .hasMessageContaining("clock.max.skew.ms=60000")
                    .hasMessageContaining("The clock of the master 'legacy' is ahead")
                    .hasMessageContaining("clock.skew.action=warn")
                    .hasMessageNotContaining("Geheim");
            assertThat(sink.committable()).isEqualTo(1);
        }
        assertThat(database.customer(1)).isEqualTo("Ann null 7 []");
        assertThat(database.customer(2)).isEqualTo("none");
        assertThat(database.customer(3)).isEqualTo("none");
    }

    @Test
    void the_limit_can_be_set() {
        try (Sink sink = Sink.startOn(database, "clock.skew.action", "REFUSE", "clock.max.skew.ms", "1000")) {
            long future = databaseNow() + 30 * SECOND;

            assertThatThrownBy(() -> sink.put(Change.named(1, "Ann").clock(1, 0).at(future)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("clock.max.skew.ms=1000");
        }
    }
}
