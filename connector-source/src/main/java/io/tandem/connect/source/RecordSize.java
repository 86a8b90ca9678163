package io.tandem.connect.source;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes a record's values take. The record that Kafka gets has been through transforms and a converter, so
 * this only tells the large from the small ones. Stateless.
 */
final class RecordSize {

    private static final long NUMBER = 8;

    private RecordSize() {}

    /** The bytes of key and value. */
    static long of(SourceRecord record) {
        return of(record.key()) + of(record.value());
    }

    private static long of(@Nullable Object value) {
        if (value == null) {
            return 0;
        } else if (value instanceof Struct struct) {
            long size = 0;
            for (Field field : struct.schema().fields()) {
                size += of(struct.get(field));
            }
            return size;
        } else if (value instanceof Collection<?> elements) {
            return elements.stream().mapToLong(RecordSize::of).sum();
        } else if (value instanceof Map<?, ?> entries) {
            return of(entries.keySet()) + of(entries.values());
        } else if (value instanceof CharSequence text) {
            return text.length();
        } else if (value instanceof byte[] bytes) {
            return bytes.length;
        } else if (value instanceof ByteBuffer bytes) {
            return bytes.remaining();
        }
        return NUMBER;
    }
}
