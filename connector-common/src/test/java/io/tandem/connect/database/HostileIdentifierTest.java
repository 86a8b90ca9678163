package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.aggregate.Row;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;

/** Whatever a table or a column is called, everything that is done with it works. */
class HostileIdentifierTest {

    private static final String ROOT = "Sel`ect \"Or\"der's? {d :x;--ü\\漢";
    private static final String CHILD = "sel`ect \"or\"der's? {d :x;--ü\\字";
    private static final String KEY = "Key. ? :k '`\"; $1 %s";
    private static final String TEXT = "text ? :t ; -- /* '`\" {fn";

    @DatabaseTest
    void tables_and_columns_may_be_called_anything(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        TestTable root = TestTable.of(database, ROOT);
        TestTable child = TestTable.of(database, CHILD);

        root.insert(List.of(new Row("a", "1"), new Row("b", "2"), new Row("c", "3")));
        child.insert(List.of(new Row(1L, "a", "x"), new Row(2L, "b", "y")));
        root.update(List.of(new Row("a", "1a")));
        child.update(List.of(new Row(1L, "b", "xx")));
        child.delete(TestTable.keys(2L));

        database.open().inTransaction(handle -> {
            Connection connection = handle.getConnection();
            List<AggregateKey> keys = TestTable.keys("a", "b", "c");
            Map<AggregateKey, AggregateState> states = aligned.tables().read(connection, keys);
            assertThat(states).hasSize(3);
            assertThat(states.get(keys.get(0))).isEqualTo(AggregateState.of(new Row("a", "1a"), List.of(List.of())));
            assertThat(states.get(keys.get(1)))
                    .isEqualTo(AggregateState.of(new Row("b", "2"), List.of(List.of(new Row(1L, "b", "xx")))));
            assertThat(aligned.journal()
                            .oldestKeys(connection, 100, new TaskShare(0, 1), new JournalFloor(System::nanoTime)))
                    .containsExactlyElementsOf(keys);
            assertThat(aligned.tables().keysAfter(connection, keys.get(1), 9)).containsExactly(keys.get(2));
            return null;
        });
    }

    @DatabaseTest
    void clocks_and_notes_of_such_keys_can_be_kept(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        AggregateKey key = new AggregateKey(List.of("a"));
        Version version = new Version(VectorClock.of(Map.of("legacy", 1L)), 5, "legacy");

        Map<AggregateKey, ClockRow> read = database.open().inTransaction(handle -> {
            Connection connection = handle.getConnection();
            aligned.clocks().insert(connection, List.of(new ClockRow(key, version, false, 0)));
            aligned.clocks().update(connection, List.of(new ClockRow(key, version, true, 0)));
            Orders.note(aligned, connection, List.of(key), 5);
            assertThat(aligned.clocks().pending(connection, 9, new TaskShare(0, 1)))
                    .containsExactly(key);
            aligned.clocks().acknowledge(connection, Map.of(key, 1L));
            aligned.journal()
                    .delete(
                            connection,
                            aligned.journal().notes(connection, List.of(key)).stream()
                                    .map(Note::id)
                                    .toList());
            assertThat(aligned.journal().notes(connection, List.of(key))).isEmpty();
            return aligned.clocks().lock(connection, List.of(key));
        });

        assertThat(read).containsExactly(Map.entry(key, new ClockRow(key, version, true, 1)));
    }

    @DatabaseTest
    void the_installation_is_recognised(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        ClockInstaller installer = Orders.installer(database, aligned.aggregate());

        Assertions.assertDoesNotThrow(() -> database.open().withHandle(handle -> {
            installer.validate(handle);
            return null;
        }));
    }

    private static AlignedAggregate install(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE " + quoted(database, ROOT) + " (" + quoted(database, KEY) + " "
                        + database.vendor().exactText(10)
                        + " PRIMARY KEY, "
                        + quoted(database, TEXT) + " VARCHAR(10))",
                "CREATE TABLE " + quoted(database, CHILD) + " (id BIGINT PRIMARY KEY, " + quoted(database, KEY)
                        + " " + database.vendor().exactText(10) + ", " + quoted(database, TEXT)
                        + " VARCHAR(10), FOREIGN KEY ("
                        + quoted(database, KEY) + ") REFERENCES " + quoted(database, ROOT) + " ("
                        + quoted(database, KEY) + "))");
        return Orders.install(
                database,
                new AggregateDefinition(
                        Orders.NAME, ROOT, List.of(), List.of(new ChildDefinition("children", CHILD, List.of())), ""));
    }

    private static String quoted(TestDatabase database, String name) {
        return database.dialect().quote(name);
    }
}
