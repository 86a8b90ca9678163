package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.aggregate.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole aggregates are read by key, and all keys are walked through page by page. */
class AggregateTablesTest {

    @DatabaseTest
    void aggregates_are_read_with_their_children_in_the_order_of_the_primary_key(TestDatabase database)
            throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        database.execute(
                "INSERT INTO orders VALUES (1, 'a'), (2, NULL), (3, 'not asked for')",
                "INSERT INTO item VALUES (1, 2, 'y'), (1, 10, NULL), (1, 1, 'x'), (3, 1, 'z')",
                "INSERT INTO remark VALUES (20, 2, 'r'), (30, NULL, 'loose')");

        Map<AggregateKey, AggregateState> states = database.open()
                .inSnapshot(handle -> aligned.tables().read(handle.getConnection(), Orders.keys(2, 1, 77)));

        assertThat(states)
                .containsOnly(
                        Map.entry(
                                Orders.key(1),
                                AggregateState.of(
                                        new Row(1L, "a"),
                                        List.of(
                                                List.of(
                                                        new Row(1L, 1, "x"),
                                                        new Row(1L, 2, "y"),
                                                        new Row(1L, 10, null)),
                                                List.of()))),
                        Map.entry(
                                Orders.key(2),
                                AggregateState.of(
                                        new Row(2L, null), List.of(List.of(), List.of(new Row(20L, 2L, "r"))))));
    }

    @DatabaseTest
    void a_snapshot_shows_one_state_through_all_its_statements(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        database.execute("INSERT INTO orders VALUES (1, 'before')");

        Map<AggregateKey, AggregateState> states = database.open().inSnapshot(handle -> {
            aligned.journal().notes(handle.getConnection(), Orders.keys(1));
            database.execute("UPDATE orders SET note = 'after'", "INSERT INTO item VALUES (1, 1, 'after')");
            return aligned.tables().read(handle.getConnection(), Orders.keys(1));
        });

        assertThat(states)
                .containsExactly(Map.entry(
                        Orders.key(1), AggregateState.of(new Row(1L, "before"), List.of(List.of(), List.of()))));
    }

    @DatabaseTest
    void all_keys_are_walked_through_in_their_order(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE orders (a INT NOT NULL, b "
                + database.vendor().exactText(9) + " NOT NULL, c INT NOT NULL, PRIMARY KEY (a, b, c))");
        AlignedAggregate aligned =
                Orders.install(database, new AggregateDefinition(Orders.NAME, "orders", List.of(), List.of(), ""));
        List<AggregateKey> all = new ArrayList<>();
        for (int a = 1; a <= 3; a++) {
            for (String b : List.of("x", "y")) {
                for (int c = 1; c <= 3; c++) {
                    all.add(new AggregateKey(List.of(a, b, c)));
                    database.execute("INSERT INTO orders VALUES (" + a + ", '" + b + "', " + c + ")");
                }
            }
        }

        for (int limit : new int[] {1, 4, 18, 100}) {
            assertThat(walk(database, aligned, limit)).as("pages of %s", limit).isEqualTo(all);
        }
    }

    private static List<AggregateKey> walk(TestDatabase database, AlignedAggregate aligned, int limit) {
        List<AggregateKey> walked = new ArrayList<>();
        database.open().withHandle(handle -> {
            @Nullable AggregateKey last = null;
            List<AggregateKey> page;
            do {
                page = aligned.tables().keysAfter(handle.getConnection(), last, limit);
                assertThat(page).hasSizeLessThanOrEqualTo(limit);
                walked.addAll(page);
                last = page.isEmpty() ? last : page.get(page.size() - 1);
            } while (!page.isEmpty());
            return null;
        });
        return walked;
    }
}
