package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Keys of every type that applications use can be noted, read, paged through and kept with their clocks. */
class KeyTypeTest {

    @DatabaseTest
    void whole_numbers(TestDatabase database) throws Exception {
        isAGoodKey(database, "SMALLINT", "1", "2", "3");
        isAGoodKey(database, "INT", "1", "2", "3");
        isAGoodKey(database, "BIGINT", "-1", "2", "9007199254740993");
        isAGoodKey(database, "DECIMAL(20,0)", "1", "2", "18446744073709551615");
        isAGoodKey(database, "DECIMAL(10,2)", "1.00", "2.50", "3.00");
    }

    @DatabaseTest
    void texts(TestDatabase database) throws Exception {
        String text = database.vendor().exactText(20);
        isAGoodKey(database, text, "'A'", "'a'", "'c d?'");
        isAGoodKey(database, text.substring("VAR".length()), "'a'", "'b'", "'c d'");
    }

    @DatabaseTest
    void uuids(TestDatabase database) throws Exception {
        isAGoodKey(
                database,
                "UUID",
                "'00000000-0000-4000-8000-00000000000a'",
                "'00000000-0000-4000-8000-00000000000b'",
                "'00000000-0000-4000-8000-00000000000c'");
    }

    @DatabaseTest
    void bytes(TestDatabase database) throws Exception {
        isAGoodKey(
                database,
                database.vendor().choose("BYTEA", "BINARY(2)"),
                database.vendor().choose("'\\x0001'", "x'0001'"),
                database.vendor().choose("'\\x0102'", "x'0102'"),
                database.vendor().choose("'\\xff00'", "x'ff00'"));
    }

    @DatabaseTest
    void dates_and_times(TestDatabase database) throws Exception {
        isAGoodKey(database, "DATE", "'2024-01-01'", "'2024-01-02'", "'2024-01-03'");
        isAGoodKey(
                database,
                database.vendor().choose("TIMESTAMP", "DATETIME(6)"),
                "'2024-01-01 00:00:00'",
                "'2024-01-01 00:00:00.000001'",
                "'2024-03-31 02:30:00'");
        isAGoodKey(
                database,
                database.vendor().choose("TIMESTAMPTZ", "TIMESTAMP(6)"),
                "'2024-01-01 00:00:00'",
                "'2024-01-01 00:00:00.000001'",
                "'2024-03-31 02:30:00'");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void types_of_postgresql(TestDatabase database) throws Exception {
        database.execute("CREATE TYPE size AS ENUM ('s', 'm', 'l')");
        isAGoodKey(database, "size", "'s'", "'m'", "'l'");
        isAGoodKey(database, "TEXT", "'a'", "'b'", "'c'");
        isAGoodKey(database, "INET", "'10.0.0.1'", "'10.0.0.2'", "'10.0.0.30'");
    }

    @DatabaseTest(Vendor.MARIADB)
    void types_of_mariadb(TestDatabase database) throws Exception {
        isAGoodKey(database, "ENUM('l', 'm', 's') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "'l'", "'m'", "'s'");
        isAGoodKey(database, "YEAR", "1999", "2024", "2155");
        isAGoodKey(database, "INET6", "'::1'", "'::2'", "'::3'");
        isAGoodKey(database, "BIGINT UNSIGNED", "1", "2", "18446744073709551615");
        isAGoodKey(database, "VARCHAR(10) CHARACTER SET latin1 COLLATE latin1_bin", "'a'", "'b'", "'é'");
    }

    @DatabaseTest
    void keys_that_the_database_compares_in_another_way_are_refused(TestDatabase database) throws Exception {
        isRefused(database, "DOUBLE PRECISION", "floating point numbers do not compare exactly");
        isRefused(database, database.vendor().choose("REAL", "FLOAT"), "floating point numbers do not compare exactly");
    }

    @DatabaseTest(Vendor.MARIADB)
    void keys_that_mariadb_compares_in_another_way_are_refused(TestDatabase database) throws Exception {
        isRefused(database, "ENUM('s', 'm', 'l') COLLATE utf8mb4_bin", "declare the words of an ENUM in alphabetical");
        isRefused(database, "SET('a', 'b') COLLATE utf8mb4_bin", "sorts by the places of its words");
        isRefused(database, "ENUM('a', 'b') COLLATE utf8mb4_general_ci", "spelled differently");
        isRefused(database, "BIT(9)", "bits do not compare with bytes");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void keys_that_postgresql_compares_in_another_way_are_refused(TestDatabase database) throws Exception {
        database.execute("CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
        isRefused(database, "TEXT COLLATE loose", "spelled differently; give it a deterministic one");
        isRefused(database, "INT[]", "it is an array");
        isRefused(database, "MONEY", "lc_monetary");
        isRefused(database, "NUMRANGE", "spelled differently");
        isRefused(database, "BPCHAR", "spelled differently");
        isRefused(database, "INTERVAL", "spelled differently");
    }

    private static void isRefused(TestDatabase database, String type, String reason) throws SQLException {
        database.execute("DROP TABLE IF EXISTS orders", "CREATE TABLE orders (id " + type + " PRIMARY KEY)");
        AggregateDefinition definition = new AggregateDefinition(Orders.NAME, "orders", List.of(), List.of(), "");

        assertThatThrownBy(() -> Orders.resolve(database, definition))
                .as(type)
                .isInstanceOf(InvalidAggregateException.class)
                .hasMessageContaining("column id of table")
                .hasMessageContaining(reason);
    }

    /** @param literals three keys in their order */
    private static void isAGoodKey(TestDatabase database, String type, String... literals) throws SQLException {
        database.execute(
                "DROP TABLE IF EXISTS item",
                "DROP TABLE IF EXISTS orders",
                "DROP TABLE IF EXISTS " + Orders.CLOCK,
                "DROP TABLE IF EXISTS " + Orders.JOURNAL,
                "CREATE TABLE orders (id " + type + " PRIMARY KEY, note VARCHAR(9))",
                "CREATE TABLE item (id BIGINT PRIMARY KEY, order_id " + type + " NOT NULL, "
                        + "FOREIGN KEY (order_id) REFERENCES orders (id))");
        AlignedAggregate aligned = Orders.install(
                database,
                new AggregateDefinition(
                        Orders.NAME,
                        "orders",
                        List.of(),
                        List.of(new ChildDefinition("items", "item", List.of())),
                        ""));
        for (int i = 0; i < literals.length; i++) {
            database.execute(
                    "INSERT INTO orders VALUES (" + literals[i] + ", 'n')",
                    "INSERT INTO item VALUES (" + i + ", " + literals[i] + ")");
        }
        database.open().inTransaction(handle -> {
            usesKeys(
                    handle.getConnection(),
                    aligned,
                    new AggregateLocks(database.dialect(), aligned.aggregate()),
                    literals.length,
                    type);
            return null;
        });
    }

    private static void usesKeys(
            Connection connection, AlignedAggregate aligned, AggregateLocks locks, int size, String type)
            throws SQLException {
        TaskShare all = new TaskShare(0, 1);
        List<AggregateKey> noted =
                List.copyOf(aligned.journal().oldestKeys(connection, 100, all, new JournalFloor(System::nanoTime)));
        assertThat(noted).as("noted keys of %s", type).hasSize(size);
        assertThat(aligned.journal().notes(connection, noted))
                .extracting(Note::key)
                .hasSize(2 * size)
                .containsOnly(noted.toArray(AggregateKey[]::new));
        assertThat(aligned.tables().read(connection, noted))
                .as("aggregates by key of %s", type)
                .containsOnlyKeys(noted)
                .allSatisfy((key, state) -> assertThat(state.children().get(0)).hasSize(1));
        List<AggregateKey> first = aligned.tables().keysAfter(connection, null, 2);
        assertThat(first).as("first page of %s", type).isEqualTo(noted.subList(0, 2));
        assertThat(aligned.tables().keysAfter(connection, first.get(1), 2))
                .as("second page of %s", type)
                .isEqualTo(noted.subList(2, 3));
        assertThat(locks.lockRoots(connection, noted).locked()).hasSize(size);
        assertThat(locks.lockChildren(connection, 0, noted).busy()).isEmpty();
        keepsClocks(connection, aligned, noted, type);
    }

    private static void keepsClocks(
            Connection connection, AlignedAggregate aligned, List<AggregateKey> keys, String type) throws SQLException {
        Version version = new Version(VectorClock.of(Map.of(Orders.SELF, 1L)), 5, Orders.SELF);
        aligned.clocks()
                .insert(
                        connection,
                        keys.stream()
                                .map(key -> new ClockRow(key, version, false, 0))
                                .toList());
        assertThat(aligned.clocks().read(connection, keys))
                .as("clocks of %s", type)
                .containsOnlyKeys(keys);
        aligned.clocks().acknowledge(connection, Map.of(keys.get(0), 1L, keys.get(1), 1L));
        assertThat(aligned.clocks().pending(connection, 9, new TaskShare(0, 1)))
                .as("pending keys of %s", type)
                .isEqualTo(keys.subList(2, 3));
    }
}
