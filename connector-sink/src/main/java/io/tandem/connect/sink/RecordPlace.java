package io.tandem.connect.sink;

import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Where a record stands in Kafka, whatever transforms did to its topic. Immutable.
 *
 * @param topic the topic that it was read from
 * @param partition its partition
 * @param offset its offset
 */
record RecordPlace(String topic, int partition, long offset) {

    static RecordPlace of(SinkRecord record) {
        return new RecordPlace(record.originalTopic(), record.originalKafkaPartition(), record.originalKafkaOffset());
    }

    /** For people: {@code tandem.customer.legacy-2@4711}. */
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
