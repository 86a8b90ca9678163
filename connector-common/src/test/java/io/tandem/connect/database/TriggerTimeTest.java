package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time of a note is the wall clock at the statement, in microseconds, whatever the session says. */
class TriggerTimeTest {

    private static final String CHANGED_AT = "SELECT changed_at FROM " + Orders.JOURNAL + " ORDER BY changed_at";

    @DatabaseTest
    void the_time_is_that_of_the_statement_and_not_that_of_the_transaction(TestDatabase database) throws Exception {
        Orders.install(database);
        Connection application = database.begin();
        Sql.run(application, "INSERT INTO orders VALUES (1, 'a')");
        waitForTheNextSecond();
        long before = nowMicros();

        Sql.run(application, "UPDATE orders SET note = 'b'");

        long after = nowMicros();
        application.commit();
        assertThat(Long.parseLong(database.query(CHANGED_AT).get(1))).isBetween(before - 1, after + 1);
    }

    @DatabaseTest
    void the_time_has_microseconds(TestDatabase database) throws Exception {
        Orders.install(database);

        for (int i = 0; i < 20; i++) {
            database.execute("INSERT INTO orders VALUES (" + i + ", 'a')");
        }

        assertThat(database.query(CHANGED_AT))
                .anySatisfy(time -> assertThat(time).doesNotEndWith("000"));
    }

    @DatabaseTest
    void the_time_zone_of_the_session_does_not_matter(TestDatabase database) throws Exception {
        Orders.install(database);
        Connection application = database.connect();
        Sql.run(
                application,
                database.vendor().choose("SET TIME ZONE 'Asia/Kolkata'", "SET SESSION time_zone = '+05:30'"));
        long before = nowMicros();

        Sql.run(application, "INSERT INTO orders VALUES (1, 'a')", "UPDATE orders SET note = 'b'");

        assertThat(database.query(CHANGED_AT))
                .hasSize(2)
                .allSatisfy(time -> assertThat(Long.parseLong(time)).isBetween(before - 1, nowMicros() + 1));
    }

    @DatabaseTest(Vendor.MARIADB)
    void a_session_that_pins_its_clock_does_not_matter(TestDatabase database) throws Exception {
        Orders.install(database);
        Connection application = database.connect();
        Sql.run(application, "SET SESSION time_zone = '-08:00'", "SET timestamp = 86400");
        long before = nowMicros();

        Sql.run(application, "INSERT INTO orders VALUES (1, 'a')");

        assertThat(database.number(CHANGED_AT)).isBetween(before - 1, nowMicros() + 1);
    }

    /** Half of the year the offset of a zone with daylight saving is another one than at the pinned time. */
    @DatabaseTest(Vendor.MARIADB)
    void a_pinned_clock_in_another_season_does_not_matter(TestDatabase database) throws Exception {
        Orders.install(database);
        createZone(database, "Tandem/Season");
        Connection application = database.connect();
        Sql.run(application, "SET SESSION time_zone = 'Tandem/Season'", "SET timestamp = 86400");
        long before = nowMicros();

        Sql.run(application, "INSERT INTO orders VALUES (1, 'a')");

        assertThat(database.number(CHANGED_AT)).isBetween(before - 1, nowMicros() + 1);
    }

    /** A zone that was one hour ahead of UTC until the year 2000 and is two hours ahead since then. */
    private static void createZone(TestDatabase database, String name) throws Exception {
        if (database.number("SELECT COUNT(*) FROM mysql.time_zone_name WHERE Name = '" + name + "'") == 0) {
            database.execute(
                    "INSERT INTO mysql.time_zone VALUES (4711, 'N')",
                    "INSERT INTO mysql.time_zone_name VALUES ('" + name + "', 4711)",
                    "INSERT INTO mysql.time_zone_transition_type VALUES (4711, 0, 3600, 0, 'WIN'), "
                            + "(4711, 1, 7200, 1, 'SUM')",
                    "INSERT INTO mysql.time_zone_transition VALUES (4711, 0, 0), (4711, 946684800, 1)");
        }
    }

    private static void waitForTheNextSecond() {
        long second = Instant.now().getEpochSecond();
        await().pollInterval(Duration.ofMillis(5)).until(() -> Instant.now().getEpochSecond() > second);
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
