package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tandem.examples.ExamplePair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Values of every type go to the other master and come back with the other one's next write, byte for byte. */
@ExtendWith(PairExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AllTypesIT {

    private static final long FIRST_OF_LEGACY = 1_000;
    private static final long FIRST_OF_MODERN = 2_000;

    private final ExamplePair pair;
    private final AllTypesTable legacy;
    private final AllTypesTable modern;

    AllTypesIT(ExamplePair pair) {
        this.pair = pair;
        this.legacy = new AllTypesTable(pair.legacy());
        this.modern = new AllTypesTable(pair.modern());
    }

    @BeforeAll
    void start() throws Exception {
        legacy.create();
        modern.create();
        pair.rest().create(legacy.source());
        pair.rest().create(modern.source());
        pair.rest().create(legacy.sink(pair.modern()));
        pair.rest().create(modern.sink(pair.legacy()));
        connectors().forEach(pair::awaitRunning);
    }

    @AfterAll
    void stop() {
        connectors().forEach(pair.rest()::delete);
    }

    private Stream<String> connectors() {
        return Stream.concat(legacy.connectors().stream(), modern.connectors().stream());
    }

    @Test
    void rows_of_mariadb_come_back_from_postgresql_as_they_were() {
        goThereAndBack(legacy, modern, FIRST_OF_LEGACY);
    }

    @Test
    void rows_of_postgresql_come_back_from_mariadb_as_they_were() {
        goThereAndBack(modern, legacy, FIRST_OF_MODERN);
    }

    private void goThereAndBack(AllTypesTable here, AllTypesTable there, long first) {
        here.insert(first);
        List<List<String>> original = rows(here, first);

        awaitAll(there, first, "new");

        assertThat(rows(there, first)).as("on the other side").isEqualTo(original);

        there.touch(first, "touched");
        awaitAll(here, first, "touched");

        assertThat(rows(here, first)).as("after the way back").isEqualTo(original);
        assertThat(there.computed(first)).isEqualTo(Long.toString(first + 1));
    }

    private void awaitAll(AllTypesTable table, long first, String marker) {
        await("all rows are there and are " + marker)
                .atMost(Await.LIMIT)
                .failFast(this::assertNoTaskFailed)
                .until(() -> table.hasAll(first, marker));
    }

    private void assertNoTaskFailed() {
        connectors()
                .forEach(connector -> pair.rest()
                        .status(connector)
                        .tasks()
                        .forEach(task -> assertThat(task.trace())
                                .as("why a task of %s failed", connector)
                                .isNull()));
    }

    private static List<List<String>> rows(AllTypesTable table, long first) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i <= AllTypesTable.ROWS; i++) {
            rows.add(table.shown(first + i));
        }
        return rows;
    }
}
