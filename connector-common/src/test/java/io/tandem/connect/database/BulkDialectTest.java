package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Statements over many rows do what one statement per row would do. */
class BulkDialectTest {

    private static final int[] SIZES = {1, 3, 3000};

    @DatabaseTest
    void inserts_all_rows_of_a_batch(TestDatabase database) throws Exception {
        for (int size : SIZES) {
            TestTable table = thing(database);

            table.insert(rows(size, "a"));

            assertThat(contents(database)).isEqualTo(expected(1, size, "a"));
        }
    }

    @DatabaseTest
    void inserts_nulls_wherever_they_stand(TestDatabase database) throws Exception {
        TestTable table = thing(database);

        table.insert(List.of(
                new Row("k", 1, null, null),
                new Row("k", 2, "b", 5L),
                new Row("k", 3, null, 6L),
                new Row("k", 4, "d", null)));

        assertThat(contents(database)).containsExactly("k|1|null|null", "k|2|b|5", "k|3|null|6", "k|4|d|null");
    }

    @DatabaseTest
    void an_insert_of_a_row_that_exists_is_an_error_and_inserts_nothing(TestDatabase database) throws Exception {
        TestTable table = thing(database);
        table.insert(rows(2, "a"));

        assertThatThrownBy(() -> table.insert(rows(3, "b")))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DUPLICATE_KEY));

        assertThat(contents(database)).isEqualTo(expected(1, 2, "a"));
    }

    @DatabaseTest
    void updates_all_rows_of_a_batch_and_no_other(TestDatabase database) throws Exception {
        for (int size : SIZES) {
            TestTable table = thing(database);
            table.insert(rows(size + 1, "a"));

            table.update(rows(size, "b"));

            List<String> expected = new ArrayList<>(expected(1, size, "b"));
            expected.addAll(expected(size + 1, size + 1, "a"));
            assertThat(contents(database)).isEqualTo(expected);
        }
    }

    @DatabaseTest
    void updates_to_null_and_back(TestDatabase database) throws Exception {
        TestTable table = thing(database);
        table.insert(List.of(new Row("k", 1, "a", 1L), new Row("k", 2, null, null)));

        table.update(List.of(new Row("k", 1, null, null), new Row("k", 2, "b", 2L)));

        assertThat(contents(database)).containsExactly("k|1|null|null", "k|2|b|2");
    }

    @DatabaseTest
    void an_update_leaves_columns_that_it_does_not_carry(TestDatabase database) throws Exception {
        TestTable table = thing(database);
        table.insert(rows(2, "a"));

        table.inTransaction(connection -> database.dialect()
                .bulk()
                .update(
                        connection,
                        table.table().id(),
                        table.table().columns(List.of("amount", "part", "code")),
                        table.key(),
                        List.of(new Row(70L, 1, "k"), new Row(80L, 2, "k"))));

        assertThat(contents(database)).containsExactly("k|1|a|70", "k|2|a|80");
    }

    @DatabaseTest
    void an_update_of_nothing_but_the_key_changes_nothing(TestDatabase database) throws Exception {
        TestTable table = thing(database);
        table.insert(rows(2, "a"));

        table.inTransaction(connection -> database.dialect()
                .bulk()
                .update(connection, table.table().id(), table.key(), table.key(), List.of(new Row("k", 1))));

        assertThat(contents(database)).isEqualTo(expected(1, 2, "a"));
    }

    @DatabaseTest
    void deletes_all_rows_of_a_batch_and_no_other(TestDatabase database) throws Exception {
        for (int size : SIZES) {
            TestTable table = thing(database);
            table.insert(rows(size + 1, "a"));
            table.insert(List.of(new Row("other", 1, "a", 1L)));

            table.delete(keys(1, size));

            assertThat(contents(database)).containsExactly("k|" + (size + 1) + "|a|1", "other|1|a|1");
        }
    }

    @DatabaseTest
    void raises_a_number_and_never_lowers_it(TestDatabase database) throws Exception {
        for (int size : SIZES) {
            TestTable table = thing(database);
            table.insert(IntStream.rangeClosed(1, size + 1)
                    .mapToObj(i -> new Row("k", i, "a", 10L))
                    .toList());

            table.raise(
                    "amount",
                    IntStream.rangeClosed(1, size)
                            .mapToObj(i -> new Row("k", i, i % 2 == 0 ? 9L : 11L))
                            .toList());

            assertThat(database.query("SELECT part, amount FROM thing ORDER BY part"))
                    .isEqualTo(IntStream.rangeClosed(1, size + 1)
                            .mapToObj(i -> i + "|" + (i % 2 == 0 || i > size ? 10 : 11))
                            .toList());
        }
    }

    @DatabaseTest
    void selects_the_rows_of_a_key_list_and_no_other(TestDatabase database) throws Exception {
        for (int size : SIZES) {
            TestTable table = thing(database);
            table.insert(rows(size + 1, "a"));
            table.insert(List.of(new Row("other", 1, "a", 1L)));

            List<Row> found = table.select(keys(1, size));

            assertThat(found).containsExactlyInAnyOrderElementsOf(rows(size, "a"));
        }
    }

    @DatabaseTest
    void selects_by_a_single_column(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE single (id BIGINT PRIMARY KEY, text VARCHAR(10))");
        TestTable table = TestTable.of(database, "single");
        table.insert(LongStream.rangeClosed(1, 3000)
                .mapToObj(id -> new Row(id, "t" + id))
                .toList());
        for (int size : SIZES) {
            Object[] ids = LongStream.rangeClosed(1, size).boxed().toArray();

            List<Row> found = table.select(TestTable.keys(ids));

            assertThat(found)
                    .extracting(row -> row.get(1))
                    .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, size)
                            .mapToObj(id -> "t" + id)
                            .toList());
        }
    }

    private static TestTable thing(TestDatabase database) throws SQLException {
        database.execute(
                "DROP TABLE IF EXISTS thing",
                "CREATE TABLE thing (code VARCHAR(10) NOT NULL, part INT NOT NULL, text VARCHAR(20), amount BIGINT, "
                        + "PRIMARY KEY (code, part))");
        return TestTable.of(database, "thing");
    }

    private static List<Row> rows(int size, String text) {
        return IntStream.rangeClosed(1, size)
                .mapToObj(i -> new Row("k", i, text, 1L))
                .toList();
    }

    private static List<AggregateKey> keys(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> new AggregateKey(List.of("k", i)))
                .toList();
    }

    private static List<String> contents(TestDatabase database) throws SQLException {
        return database.query("SELECT code, part, text, amount FROM thing ORDER BY code, part");
    }

    private static List<String> expected(int from, int to, String text) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "k|" + i + "|" + text + "|1")
                .toList();
    }
}
