package io.tandem.benchmarks.source;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.AvroTopics;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The ceiling: what PostgreSQL, the converter and the producer can do. A loop in one thread and one session that runs the
 * statements of a source in batches of its size, makes a record of each account, sends it, and notes that Kafka has the
 * batch before. It decides nothing, maps nothing, and takes the counters as they must be.
 */
final class BareSource {

    private static final int BATCH = 1000;
    private static final double WARM_UP = 0.1;
    private static final long WRITTEN_MICROS = 1_750_000_000_000_000L;
    private final Rig rig;
    private final AvroTopics topics;
    private final Scratch database;
    private final Accounts accounts;
    private final boolean children;

    BareSource(Rig rig, AvroTopics topics, Scratch database, Accounts accounts) {
        this.rig = rig;
        this.topics = topics;
        this.database = database;
        this.accounts = accounts;
        this.children = accounts.tables().size() > 1;
    }

    /** Takes all that is pending; the records per second after the first tenth. */
    double run(int records, String topic) {
        topics.create(topic, 1);
        // as a worker's producers are set up
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", rig.pair().broker().bootstrapServers(),
                "acks", "all",
                "enable.idempotence", "false",
                "max.in.flight.requests.per.connection", "1");
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
                Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            return run(records, topic, producer, connection);
        } catch (SQLException | ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A batch on its way. */
    private record Sent(List<Long> keys, List<Future<RecordMetadata>> answers) {}

    private double run(int records, String topic, KafkaProducer<byte[], byte[]> producer, Connection connection)
            throws SQLException, InterruptedException, ExecutionException {
        int warm = (int) (records * WARM_UP);
        int done = 0;
        int measuredFrom = 0;
        long start = 0;
        Sent before = new Sent(List.of(), List.of());
        while (done < records) {
            if (start == 0 && done >= warm) {
                start = System.nanoTime();
                measuredFrom = done;
            }
            List<Long> keys = longs(connection, "SELECT key_id FROM tandem_account_journal ORDER BY id LIMIT " + BATCH);
            connection.commit();
            List<Long> notes = snapshot(connection, keys);
            fold(connection, keys, notes);
            Sent sent = send(topic, producer, keys);
            acknowledge(connection, before);
            done += before.keys().size();
            before = sent;
        }
        return (records - measuredFrom) * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start);
    }

    private List<Long> snapshot(Connection connection, List<Long> keys) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        read(connection, "SELECT * FROM tandem_account_clock WHERE key_id = ANY(?)", keys);
        List<Long> notes = read(
                connection, "SELECT id, changed_at, key_id FROM tandem_account_journal WHERE key_id = ANY(?)", keys);
        read(connection, "SELECT * FROM account WHERE id = ANY(?)", keys);
        if (children) {
            read(
                    connection,
                    "SELECT * FROM account_line WHERE account_id = ANY(?) ORDER BY account_id, position",
                    keys);
            read(
                    connection,
                    "SELECT * FROM account_note WHERE account_id = ANY(?) ORDER BY account_id, position",
                    keys);
        }
        connection.commit();
        return notes;
    }

    private static void fold(Connection connection, List<Long> keys, List<Long> notes) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        read(connection, "SELECT * FROM tandem_account_clock WHERE key_id = ANY(?) FOR UPDATE", keys);
        execute(
                connection,
                "UPDATE tandem_account_clock AS t SET clock_legacy = v.c, clock_modern = 0, clock_timestamp = v.t, "
                        + "clock_writer = 'legacy', clock_deleted = false, published = 1 "
                        + "FROM unnest(?, ?, ?) AS v(k, c, t) WHERE t.key_id = v.k",
                keys,
                keys.stream().map(key -> 2L).toList(),
                keys.stream().map(key -> WRITTEN_MICROS).toList());
        execute(connection, "DELETE FROM tandem_account_journal AS t USING unnest(?) AS v(k) WHERE t.id = v.k", notes);
        connection.commit();
    }

    private Sent send(String topic, KafkaProducer<byte[], byte[]> producer, List<Long> keys) {
        List<Future<RecordMetadata>> answers = new ArrayList<>(keys.size());
        for (Long key : keys) {
            answers.add(producer.send(topics.encoded(topic, accounts.alignment(key, 2))));
        }
        return new Sent(keys, answers);
    }

    private static void acknowledge(Connection connection, Sent sent)
            throws SQLException, InterruptedException, ExecutionException {
        if (sent.keys().isEmpty()) {
            return;
        }
        for (Future<RecordMetadata> answer : sent.answers()) {
            answer.get();
        }
        execute(
                connection,
                "UPDATE tandem_account_clock AS t SET published = v.c FROM unnest(?, ?) AS v(k, c) "
                        + "WHERE t.key_id = v.k AND t.published < v.c",
                sent.keys(),
                sent.keys().stream().map(key -> 2L).toList());
        connection.commit();
    }

    private static List<Long> longs(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return firstColumn(statement);
        }
    }

    private static List<Long> read(Connection connection, String sql, List<Long> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("int8", keys.toArray()));
            return firstColumn(statement);
        }
    }

    private static List<Long> firstColumn(PreparedStatement statement) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                found.add(result.getLong(1));
                for (int i = 2; i <= columns; i++) {
                    result.getObject(i);
                }
            }
        }
        return found;
    }

    @SafeVarargs
    private static void execute(Connection connection, String sql, List<Long>... arrays) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arrays.length; i++) {
                statement.setArray(i + 1, connection.createArrayOf("int8", arrays[i].toArray()));
            }
            statement.execute();
        }
    }
}
