package io.tandem.distribution;

import io.tandem.examples.ExamplePair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Looks at the pair's topics as bytes. */
public final class Topics implements AutoCloseable {

    static final List<String> ALL =
            List.of("tandem.customer.legacy", "tandem.customer.modern", "tandem.order.legacy", "tandem.order.modern");

    private final String bootstrapServers;
    private final KafkaConsumer<byte[], byte[]> consumer;

    public Topics(ExamplePair pair) {
        bootstrapServers = pair.broker().bootstrapServers();
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    Map<TopicPartition, Long> endOffsets() {
        return endOffsets(ALL);
    }

    /** The offset behind the last record, by partition. */
    public Map<TopicPartition, Long> endOffsets(List<String> topics) {
        return consumer.endOffsets(
                topics.stream().flatMap(topic -> partitions(topic).stream()).toList());
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** All records that a topic has now. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        Map<TopicPartition, Long> end = endOffsets(List.of(topic));
        consumer.assign(end.keySet());
        consumer.seekToBeginning(end.keySet());
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long deadline = System.nanoTime() + Await.LIMIT.toNanos();
        // the last offsets may have no record
        while (end.entrySet().stream().anyMatch(one -> consumer.position(one.getKey()) < one.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the topic " + topic + " cannot be read to its end");
            }
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        }
        return records;
    }

    /** Puts a record into a topic; returns when Kafka has it. */
    void put(String topic, byte[] key, byte[] value) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("cannot put a record into " + topic, e);
        }
    }

    /** Deletes all records, as Kafka does with old ones where a topic is cleaned by age. */
    void forgetAll() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            AlterConfigOp byAge =
                    new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact,delete"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(ALL.stream()
                            .collect(Collectors.toMap(
                                    topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic),
                                    topic -> List.of(byAge))))
                    .all()
                    .get();
            Map<TopicPartition, RecordsToDelete> records = new HashMap<>();
            endOffsets().forEach((partition, end) -> records.put(partition, RecordsToDelete.beforeOffset(end)));
            admin.deleteRecords(records).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("cannot delete the records", e);
        }
    }

    /** Any one record of a topic. */
    ConsumerRecord<byte[], byte[]> anyRecord(String topic) {
        consumer.assign(partitions(topic));
        consumer.seekToBeginning(consumer.assignment());
        long deadline = System.nanoTime() + Await.LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                return record;
            }
        }
        throw new AssertionError("the topic " + topic + " has no record");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
