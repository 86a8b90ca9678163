package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.examples.ExamplePair;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A worker whose sink meets records that cannot be read, or are none of Tandem's: each one is in the dead letter topic
 * with the reason, the connector runs on, and the next good one is applied. The sink is one of the test's own, on tables
 * like those of the customers.
 */
@ExtendWith(PairExtension.class)
class MalformedRecordIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SINK = "malformed-sink";
    private static final String TOPIC = "malformed.customer";
    private static final String DEAD = "malformed.dead";
    private static final long CUSTOMER = 620_001;
    private static final String NAME = "Malformed-Marker";

    private final ExamplePair pair;

    MalformedRecordIT(ExamplePair pair) {
        this.pair = pair;
    }

    /**
     * Bytes for the topic.
     *
     * @param told what the reason must say; empty for those of the converter, which has its own words
     */
    private record Bad(String name, ProducerRecord<byte[], byte[]> bytes, String told) {}

    private static Bad bad(String name, byte @Nullable [] key, byte @Nullable [] value, String told) {
        return new Bad(name, new ProducerRecord<>(TOPIC, 0, key, value), told);
    }

    @BeforeEach
    void create() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", pair.broker().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        try (Connection connection = pair.modern().server().connect("modern");
                Statement statement = connection.createStatement()) {
            for (String ddl : List.of(
                    "CREATE TABLE malformed_customer (LIKE customer INCLUDING ALL)",
                    "CREATE TABLE malformed_address (LIKE customer_address INCLUDING ALL, "
                            + "FOREIGN KEY (customer_id) REFERENCES malformed_customer (id) ON DELETE CASCADE)",
                    "CREATE TABLE malformed_phone (LIKE customer_phone INCLUDING ALL, "
                            + "FOREIGN KEY (customer_id) REFERENCES malformed_customer (id) ON DELETE CASCADE)",
                    "GRANT SELECT, INSERT, UPDATE, DELETE, TRIGGER ON malformed_customer, malformed_address, "
                            + "malformed_phone TO tandem")) {
                statement.execute(ddl);
            }
        }
        Map<String, String> config = pair.settings("customer-modern-sink");
        config.put("topics", TOPIC);
        config.put("aggregate", "malformed");
        config.put("aggregate.root", "malformed_customer");
        config.put("aggregate.children", "malformed_address,malformed_phone");
        config.computeIfPresent(
                "transforms.mapping.mapping",
                (setting, mapping) -> mapping.replace("\"aggregate\": \"customer\"", "\"aggregate\": \"malformed\"")
                        .replace("\"customer_address\"", "\"malformed_address\"")
                        .replace("\"customer_phone\"", "\"malformed_phone\""));
        config.put("errors.tolerance", "all");
        config.put("errors.deadletterqueue.topic.name", DEAD);
        config.put("errors.deadletterqueue.topic.replication.factor", "1");
        config.put("errors.deadletterqueue.context.headers.enable", "true");
        ObjectNode body = JSON.createObjectNode().put("name", SINK);
        body.set("config", JSON.valueToTree(config));
        pair.rest().create(body);
        pair.awaitRunning(SINK);
    }

    @AfterEach
    void delete() {
        if (pair.rest().connectors().contains(SINK)) {
            pair.rest().delete(SINK);
        }
    }

    @Test
    void each_is_in_the_dead_letter_topic_with_the_reason_and_the_next_good_one_is_applied() {
        try (Topics topics = new Topics(pair)) {
            ConsumerRecord<byte[], byte[]> good = good(topics);
            List<Bad> bad = new ArrayList<>(broken(good));
            bad.addAll(strange(topics, good));

            Map<Long, Bad> sent = new TreeMap<>();
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", pair.broker().bootstrapServers()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                for (Bad one : bad) {
                    sent.put(offset(producer, one.bytes()), one);
                }
                offset(producer, new ProducerRecord<>(TOPIC, 0, good.key(), good.value()));
            }

            await("the good record is applied")
                    .atMost(Await.LIMIT)
                    .pollInterval(Duration.ofMillis(200))
                    .until(
                            () -> pair.modern().query("SELECT string_agg(last_name, ',') FROM malformed_customer"),
                            NAME::equals);
            await("all others are dead letters")
                    .atMost(Await.LIMIT)
                    .until(() -> topics.records(DEAD).size() >= sent.size());
            List<String> wrong = new ArrayList<>();
            topics.records(DEAD).forEach(dead -> {
                Bad one = sent.remove(Long.parseLong(header(dead, "__connect.errors.offset")));
                String message = header(dead, "__connect.errors.exception.message");
                // the converter's exceptions do not all have one
                String reason = message.isBlank() && one != null && one.told().isEmpty()
                        ? header(dead, "__connect.errors.exception.class.name")
                        : message;
                if (one == null) {
                    wrong.add("a dead letter too many: " + reason);
                } else if (reason.isBlank() || !reason.contains(one.told()) || reason.contains(NAME)) {
                    wrong.add(one.name() + ": " + reason);
                }
            });
            assertThat(wrong).isEmpty();
            assertThat(sent).isEmpty();
            assertThat(pair.rest().status(SINK).isRunning()).isTrue();
            assertThat(pair.modern().query("SELECT count(*) FROM tandem_malformed_clock"))
                    .isEqualTo("1");
            System.out.printf(
                    "MALFORMED bytes=%d dead=%d applied=0%n",
                    bad.size(), topics.records(DEAD).size());
        }
    }

    private static long offset(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        try {
            return producer.send(record).get().offset();
        } catch (Exception e) {
            throw new IllegalStateException("cannot send to " + TOPIC, e);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** A record that a source has sent. */
    private ConsumerRecord<byte[], byte[]> good(Topics topics) {
        pair.legacy()
                .run("INSERT INTO CUSTOMERS (CUST_NO, LAST_NAME, STATUS, CREDIT_LIMIT, NEWSLETTER) VALUES (" + CUSTOMER
                        + ", '" + NAME + "', 'A', 0, 'N')");
        await("the customer has travelled")
                .atMost(Await.LIMIT)
                .until(
                        () -> pair.modern().query("SELECT last_name FROM customer WHERE id = " + CUSTOMER),
                        NAME::equals);
        return topics.records("tandem.customer.legacy").stream()
                .filter(record -> record.value() != null
                        && new String(record.value(), StandardCharsets.ISO_8859_1).contains(NAME))
                .findFirst()
                .orElseThrow();
    }

    /** Bytes that the converter cannot read. */
    private static List<Bad> broken(ConsumerRecord<byte[], byte[]> good) {
        byte[] key = good.key();
        byte[] value = good.value();
        List<Bad> bad = new ArrayList<>();
        for (int length = 1; length < value.length; length++) {
            bad.add(bad("value cut to " + length + " bytes", key, Arrays.copyOf(value, length), ""));
        }
        for (int length = 1; length < key.length; length++) {
            bad.add(bad("key cut to " + length + " bytes", Arrays.copyOf(key, length), value, ""));
        }
        for (int magic : new int[] {1, 2, 9, 0x7b, 0xff}) {
            bad.add(bad("value with the magic byte " + magic, key, with(value, magic, -1), ""));
            bad.add(bad("key with the magic byte " + magic, with(key, magic, -1), value, ""));
        }
        for (int id : new int[] {0, -1, 999_999, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            bad.add(bad("value with the schema " + id, key, with(value, 0, id), ""));
            bad.add(bad("key with the schema " + id, with(key, 0, id), value, ""));
        }
        for (String text : List.of("x", "{}", "{\"op\": \"c\"}", "null", "\u0000", "0123456789")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            bad.add(bad("value is the text " + text, key, bytes, ""));
            bad.add(bad("key is the text " + text, bytes, value, ""));
        }
        return bad;
    }

    private static byte[] with(byte[] bytes, int magic, int id) {
        byte[] changed = bytes.clone();
        changed[0] = (byte) magic;
        return magic == 0 ? ByteBuffer.wrap(changed).putInt(1, id).array() : changed;
    }

    /** Bytes that can be read, and are no record about a customer that this sink could apply. */
    private List<Bad> strange(Topics topics, ConsumerRecord<byte[], byte[]> good) {
        pair.modern()
                .run(
                        "INSERT INTO customer (id, last_name, status, credit_limit, newsletter) "
                                + "VALUES (620002, 'of modern', 'ACTIVE', 0, false)",
                        "INSERT INTO sales_order (id, customer_id, ordered_at, state, currency) "
                                + "VALUES (620003, 620002, now(), 'NEW', 'EUR')");
        ConsumerRecord<byte[], byte[]> order = topics.anyRecord("tandem.order.modern");
        ConsumerRecord<byte[], byte[]> own = topics.anyRecord("tandem.customer.modern");
        return List.of(
                bad("no value", good.key(), null, "RecordIsTombstone"),
                bad("no key", null, good.value(), "no alignment record"),
                bad("neither", null, null, "the key is not a struct"),
                bad("the key as value", good.key(), good.key(), "no alignment record"),
                bad("the value as key", good.value(), good.value(), "aggregate malformed"),
                bad("an order", order.key(), order.value(), "aggregate malformed"),
                bad("an order under a customer's key", good.key(), order.value(), "the sink's own master"),
                bad("a customer under an order's key", order.key(), good.value(), "aggregate malformed"),
                bad("published by this very master", own.key(), own.value(), "the sink's own master"));
    }
}
