package io.tandem.connect.database;

import io.tandem.clock.Masters;
import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** The application that most tests use: orders with items, which are numbered per order, and remarks, which may be loose. */
public final class Orders {

    public static final List<String> MASTERS = List.of("legacy", "modern");
    public static final String SELF = "legacy";
    public static final String NAME = "purchase";
    static final String JOURNAL = "tandem_purchase_journal";
    static final String CLOCK = "tandem_purchase_clock";

    private Orders() {}

    public static AggregateDefinition definition() {
        return new AggregateDefinition(
                NAME,
                "orders",
                List.of(),
                List.of(
                        new ChildDefinition("items", "item", List.of()),
                        new ChildDefinition("remarks", "remark", List.of())),
                "");
    }

    /** The application's tables. */
    public static void createTables(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE orders (id BIGINT PRIMARY KEY, note VARCHAR(100))",
                "CREATE TABLE item (order_id BIGINT NOT NULL REFERENCES orders (id), pos INT NOT NULL, "
                        + "text VARCHAR(100), PRIMARY KEY (order_id, pos))",
                "CREATE TABLE remark (id BIGINT PRIMARY KEY, order_id BIGINT REFERENCES orders (id), "
                        + "text VARCHAR(100))");
    }

    /** The application's tables with everything that Tandem needs. */
    static AlignedAggregate install(TestDatabase database) throws SQLException {
        createTables(database);
        return install(database, definition());
    }

    /** What Tandem needs for an aggregate. */
    static AlignedAggregate install(TestDatabase database, AggregateDefinition definition) {
        return AlignedAggregate.open(database.open(), definition, new Masters(MASTERS), SELF, true);
    }

    static Aggregate resolve(TestDatabase database, AggregateDefinition definition) {
        return database.open()
                .withHandle(handle -> new AggregateResolver(database.dialect()).resolve(handle, definition));
    }

    static ClockInstaller installer(TestDatabase database, Aggregate aggregate) {
        return new ClockInstaller(database.dialect(), aggregate, MASTERS, SELF);
    }

    static AggregateKey key(long id) {
        return new AggregateKey(List.of(id));
    }

    static List<AggregateKey> keys(long... ids) {
        return Arrays.stream(ids).mapToObj(Orders::key).toList();
    }

    /** The keys that the triggers have noted, each once, in order. */
    static List<String> noted(TestDatabase database) throws SQLException {
        return database.query("SELECT DISTINCT key_id FROM " + JOURNAL + " ORDER BY key_id");
    }

    /** Notes writes as triggers do. */
    static void note(AlignedAggregate aligned, Connection connection, List<AggregateKey> keys, long changedAtMicros)
            throws SQLException {
        List<Row> notes = keys.stream()
                .map(key -> JournalTable.note(key, changedAtMicros, 0))
                .toList();
        ((JournalTable) aligned.journal()).insert(connection, notes);
    }

    /** Empties the journal. */
    static void forgetNotes(TestDatabase database) throws SQLException {
        database.execute("DELETE FROM " + JOURNAL);
    }
}
