package io.tandem.connect.database;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.clock.Masters;
import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/** What Tandem needs in a database is checked, printed as DDL, and created without hurting the application. */
class ClockInstallerTest {

    @DatabaseTest
    void what_is_missing_is_refused_with_its_ddl(TestDatabase database) throws Exception {
        Orders.createTables(database);
        Aggregate aggregate = Orders.resolve(database, Orders.definition());
        ClockInstaller installer = Orders.installer(database, aggregate);

        InvalidAggregateException refusal = refusal(database, installer);

        assertThat(refusal.setting()).isEqualTo("clock.install");
        assertThat(refusal)
                .hasMessageContaining("clock table")
                .hasMessageContaining("change journal")
                .hasMessageContaining("trigger");
        assertThat(installer.ddl()).allSatisfy(ddl -> assertThat(refusal).hasMessageContaining(ddl));
    }

    @DatabaseTest
    void the_printed_ddl_is_all_that_is_needed(TestDatabase database) throws Exception {
        Orders.createTables(database);
        ClockInstaller installer = Orders.installer(database, Orders.resolve(database, Orders.definition()));
        List<String> ddl = installer.ddl();

        database.execute(ddl.toArray(String[]::new));

        assertThatCode(() -> validate(database, installer)).doesNotThrowAnyException();
    }

    @DatabaseTest
    void creating_creates_all_that_is_needed_and_only_once(TestDatabase database) throws Exception {
        Orders.createTables(database);
        ClockInstaller installer = Orders.installer(database, Orders.resolve(database, Orders.definition()));
        installer.create(database.open());
        database.execute("INSERT INTO orders VALUES (1, 'a')");

        installer.create(database.open());

        assertThatCode(() -> validate(database, installer)).doesNotThrowAnyException();
        assertThat(Orders.noted(database)).containsExactly("1");
    }

    @DatabaseTest
    void the_tables_of_the_application_stay_as_they_are(TestDatabase database) throws Exception {
        Orders.createTables(database);
        Aggregate before = Orders.resolve(database, Orders.definition());
        String indexes = database.vendor()
                .choose(
                        "SELECT indexdef FROM pg_indexes WHERE tablename IN ('orders', 'item', 'remark') ORDER BY 1",
                        "SELECT TABLE_NAME, INDEX_NAME, COLUMN_NAME FROM information_schema.STATISTICS "
                                + "WHERE TABLE_NAME IN ('orders', 'item', 'remark') AND TABLE_SCHEMA = DATABASE() "
                                + "ORDER BY 1, 2, 3");
        List<String> indexesBefore = database.query(indexes);

        Orders.installer(database, before).create(database.open());

        assertThat(Orders.resolve(database, Orders.definition())).isEqualTo(before);
        assertThat(database.query(indexes)).isEqualTo(indexesBefore);
    }

    @DatabaseTest
    void connectors_that_start_at_the_same_time_do_not_get_in_each_others_way(TestDatabase database) throws Exception {
        Orders.createTables(database);
        Aggregate aggregate = Orders.resolve(database, Orders.definition());
        ClockInstaller installer = Orders.installer(database, aggregate);
        Database first = database.open();
        Database second = database.open();

        Future<?> one = database.inBackground(() -> create(installer, first));
        Future<?> other = database.inBackground(() -> create(installer, second));

        one.get(60, SECONDS);
        other.get(60, SECONDS);
        assertThatCode(() -> validate(database, installer)).doesNotThrowAnyException();
    }

    @DatabaseTest
    void a_master_that_is_added_later_gets_its_counter(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        database.execute(
                "INSERT INTO " + Orders.CLOCK + " (key_id, clock_legacy, clock_writer, published, clock_deleted) "
                        + "VALUES (1, 5, 'legacy', 0, " + database.vendor().choose("false", "0") + ")");
        ClockInstaller extended = new ClockInstaller(
                database.dialect(), aligned.aggregate(), List.of("legacy", "modern", "third"), Orders.SELF);
        assertThat(refusal(database, extended))
                .hasMessageContaining("counter clock_third")
                .hasMessageContaining("ADD COLUMN");

        extended.create(database.open());

        assertThatCode(() -> validate(database, extended)).doesNotThrowAnyException();
        assertThat(database.query("SELECT clock_legacy, clock_modern, clock_third FROM " + Orders.CLOCK))
                .containsExactly("5|0|0");
    }

    /** As in the moment when the sink of a database has got the longer list and its source has not. */
    @DatabaseTest
    void a_connector_that_does_not_know_an_added_master_leaves_its_counter_alone(TestDatabase database)
            throws Exception {
        AlignedAggregate shorter = Orders.install(database);
        AlignedAggregate longer = AlignedAggregate.open(
                database.open(),
                Orders.definition(),
                new Masters(List.of("legacy", "modern", "third")),
                Orders.SELF,
                true);
        AggregateKey key = Orders.key(1);
        Version ofThird = new Version(VectorClock.of(Map.of("modern", 1L, "third", 7L)), 1000, "third");
        longer.clocks().insert(database.connect(), List.of(new ClockRow(key, ofThird, false, 0)));

        for (ClockRow row :
                shorter.clocks().read(database.connect(), List.of(key)).values()) {
            shorter.clocks().update(database.connect(), List.of(row.written(Orders.SELF, 2000, false)));
        }
        ClockRow fresh = ClockRow.unclocked(Orders.key(2)).written(Orders.SELF, 3000, false);
        shorter.clocks().insert(database.connect(), List.of(fresh));

        Version folded = new Version(ofThird.clock().increment(Orders.SELF), 2000, Orders.SELF);
        assertThat(longer.clocks().read(database.connect(), Orders.keys(1, 2)))
                .containsOnly(Map.entry(key, new ClockRow(key, folded, false, 0)), Map.entry(Orders.key(2), fresh));
    }

    @DatabaseTest
    void a_table_that_the_application_is_using_is_tried_again(TestDatabase database) throws Exception {
        Orders.createTables(database);
        ClockInstaller installer = Orders.installer(database, Orders.resolve(database, Orders.definition()));
        Connection application = database.begin();
        Sql.run(application, "INSERT INTO item SELECT 1, 1, 'a' FROM orders", "DELETE FROM item");
        Database pool = database.open();

        Future<?> creating = database.inBackground(() -> create(installer, pool));

        database.awaitWaitingSession();
        // longer than one attempt waits
        assertThatThrownBy(() -> creating.get(3, SECONDS)).isInstanceOf(TimeoutException.class);
        application.commit();
        creating.get(60, SECONDS);
        assertThatCode(() -> validate(database, installer)).doesNotThrowAnyException();
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void a_long_reader_of_the_application_neither_waits_nor_holds_the_installation_up(TestDatabase database)
            throws Exception {
        Orders.createTables(database);
        ClockInstaller installer = Orders.installer(database, Orders.resolve(database, Orders.definition()));
        Connection report = database.begin();
        Sql.query(report, "SELECT * FROM orders, item, remark");

        database.inBackground(() -> create(installer, database.open())).get(1500, MILLISECONDS);

        assertThatCode(() -> validate(database, installer)).doesNotThrowAnyException();
    }

    @DatabaseTest
    void a_missing_trigger_is_found_and_created_again(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        ClockInstaller installer = Orders.installer(database, aligned.aggregate());
        dropATriggerOf(database, "item");
        assertThat(refusal(database, installer)).hasMessageContaining("trigger").hasMessageContaining("item");

        installer.create(database.open());

        assertThatCode(() -> validate(database, installer)).doesNotThrowAnyException();
    }

    @DatabaseTest
    void an_outdated_trigger_body_is_found_and_replaced(TestDatabase database) throws Exception {
        Orders.createTables(database);
        AggregateDefinition definition = new AggregateDefinition(Orders.NAME, "orders", List.of("id"), List.of(), "");
        ClockInstaller installer = Orders.installer(database, Orders.resolve(database, definition));
        installer.ddl().stream()
                .map(ddl -> ddl.contains("TRIGGER") || ddl.contains("FUNCTION")
                        ? ddl.replace("changed_at, session)", "session, changed_at)")
                        : ddl)
                .forEach(ddl -> runUnchecked(database, ddl));
        assertThat(refusal(database, installer)).hasMessageContaining("trigger");

        installer.create(database.open());

        assertThatCode(() -> validate(database, installer)).doesNotThrowAnyException();
        database.execute("INSERT INTO orders VALUES (1, 'a')");
        assertThat(database.number("SELECT changed_at FROM " + Orders.JOURNAL)).isGreaterThan(1_000_000_000_000_000L);
    }

    @DatabaseTest
    void aggregates_whose_names_run_together_keep_their_own_triggers(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE a (id BIGINT PRIMARY KEY)",
                "CREATE TABLE b_c (a_id BIGINT PRIMARY KEY, FOREIGN KEY (a_id) REFERENCES a (id))",
                "CREATE TABLE c (other_id BIGINT PRIMARY KEY)");
        Orders.install(
                database,
                new AggregateDefinition(
                        "x", "a", List.of(), List.of(new ChildDefinition("children", "b_c", List.of())), ""));
        Orders.install(database, new AggregateDefinition("x_b", "c", List.of(), List.of(), ""));

        database.execute("INSERT INTO a VALUES (1)", "INSERT INTO b_c VALUES (1)", "INSERT INTO c VALUES (7)");

        assertThat(database.query("SELECT key_id FROM tandem_x_journal")).containsExactly("1", "1");
        assertThat(database.query("SELECT key_other_id FROM tandem_x_b_journal"))
                .containsExactly("7");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void tables_of_one_name_in_two_schemas_keep_their_own_triggers(TestDatabase database) throws Exception {
        database.execute(
                "CREATE SCHEMA other",
                "CREATE TABLE orders (id BIGINT PRIMARY KEY)",
                "CREATE TABLE other.orders (line BIGINT PRIMARY KEY, orders_id BIGINT REFERENCES orders (id))");
        Orders.install(
                database,
                new AggregateDefinition(
                        Orders.NAME,
                        "orders",
                        List.of(),
                        List.of(new ChildDefinition("lines", "other.orders", List.of())),
                        ""));

        database.execute("INSERT INTO orders VALUES (1)", "INSERT INTO other.orders VALUES (10, 1)");

        assertThat(database.query("SELECT key_id FROM " + Orders.JOURNAL)).containsExactly("1", "1");
    }

    @DatabaseTest
    void tables_whose_names_differ_in_case_only_keep_their_own_triggers(TestDatabase database) throws Exception {
        String upper = database.dialect().quote("Orders");
        database.execute(
                "CREATE TABLE orders (id BIGINT PRIMARY KEY)",
                "CREATE TABLE " + upper + " (line BIGINT PRIMARY KEY, orders_id BIGINT NOT NULL, "
                        + "FOREIGN KEY (orders_id) REFERENCES orders (id))");
        Orders.install(
                database,
                new AggregateDefinition(
                        Orders.NAME,
                        "orders",
                        List.of(),
                        List.of(new ChildDefinition("lines", "Orders", List.of())),
                        ""));

        database.execute("INSERT INTO orders VALUES (1)", "INSERT INTO " + upper + " VALUES (10, 1)");

        assertThat(database.query("SELECT key_id FROM " + Orders.JOURNAL)).containsExactly("1", "1");
    }

    @DatabaseTest
    void clocks_can_live_in_another_schema(TestDatabase database) throws Exception {
        Orders.createTables(database);
        String schema = "s" + database.name();
        database.execute("CREATE SCHEMA " + schema);
        AggregateDefinition definition = new AggregateDefinition(Orders.NAME, "orders", List.of(), List.of(), schema);
        try {
            AlignedAggregate aligned = Orders.install(database, definition);

            database.execute("INSERT INTO orders VALUES (1, 'a')");

            assertThat(aligned.aggregate().journal().schema()).isEqualTo(schema);
            assertThat(database.query("SELECT key_id FROM " + schema + "." + Orders.JOURNAL))
                    .containsExactly("1");
        } finally {
            database.execute("DROP SCHEMA " + schema + database.vendor().choose(" CASCADE", ""));
        }
    }

    @DatabaseTest
    void a_user_who_may_not_create_is_told_what_failed(TestDatabase database) throws Exception {
        Orders.createTables(database);
        ClockInstaller installer = Orders.installer(database, Orders.resolve(database, Orders.definition()));
        String user = "u" + database.name();
        database.server().createUser(user, "secret");
        for (String table : List.of("orders", "item", "remark")) {
            database.execute(
                    "GRANT SELECT ON " + table + " TO " + database.vendor().choose(user, "'" + user + "'@'%'"));
        }
        ConnectionSettings settings = new ConnectionSettings(database.settings().url(), user, "secret");
        if (database.vendor() == Vendor.POSTGRESQL) {
            database.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        }

        try (Database poor = Database.open(settings, "poor", 1)) {
            assertThatThrownBy(() -> installer.create(poor))
                    .isInstanceOfSatisfying(
                            DatabaseException.class, e -> assertThat(e.kind()).isIn(ErrorKind.OTHER, ErrorKind.ACCESS))
                    .hasMessageContaining("cannot create clock table");
        }
    }

    @DatabaseTest
    void the_key_columns_of_tandems_tables_have_the_types_of_the_applications(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE orders (id DECIMAL(20,3) PRIMARY KEY)");

        Orders.install(database, new AggregateDefinition(Orders.NAME, "orders", List.of(), List.of(), ""));

        assertThat(TestTable.of(database, Orders.CLOCK).table().columns().get(0).type())
                .isEqualTo(new ColumnType(ColumnType.Kind.DECIMAL, 20, 3));
    }

    private static void dropATriggerOf(TestDatabase database, String table) throws Exception {
        String name = database.query(database.vendor()
                        .choose(
                                "SELECT tgname FROM pg_trigger WHERE tgrelid = 'item'::regclass AND NOT tgisinternal "
                                        + "ORDER BY 1",
                                "SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE "
                                        + "EVENT_OBJECT_TABLE = 'item' AND TRIGGER_SCHEMA = DATABASE() ORDER BY 1"))
                .get(0);
        database.execute("DROP TRIGGER " + database.dialect().quote(name)
                + database.vendor().choose(" ON " + table, ""));
    }

    private static InvalidAggregateException refusal(TestDatabase database, ClockInstaller installer) {
        return catchThrowableOfType(InvalidAggregateException.class, () -> validate(database, installer));
    }

    private static void validate(TestDatabase database, ClockInstaller installer) {
        database.open().withHandle(handle -> {
            installer.validate(handle);
            return null;
        });
    }

    private static boolean create(ClockInstaller installer, Database pool) {
        installer.create(pool);
        return true;
    }

    private static void runUnchecked(TestDatabase database, String ddl) {
        try {
            database.execute(ddl);
        } catch (SQLException e) {
            throw new AssertionError(ddl, e);
        }
    }
}
