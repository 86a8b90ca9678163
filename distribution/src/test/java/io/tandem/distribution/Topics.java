package io.tandem.distribution;

import io.tandem.examples.ExamplePair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks at the pair's topics as bytes. */
final class Topics implements AutoCloseable {

    static final List<String> ALL =
            List.of("tandem.customer.legacy", "tandem.customer.modern", "tandem.order.legacy", "tandem.order.modern");

    private final KafkaConsumer<byte[], byte[]> consumer;

    Topics(ExamplePair pair) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", pair.broker().bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    Map<TopicPartition, Long> endOffsets() {
        return consumer.endOffsets(
                ALL.stream().flatMap(topic -> partitions(topic).stream()).toList());
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
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
