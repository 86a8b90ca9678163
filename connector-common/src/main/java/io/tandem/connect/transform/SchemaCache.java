package io.tandem.connect.transform;

import java.util.function.Function;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.cache.SynchronizedCache;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What was compiled for a schema. Converters hand out one instance of a schema as a rule, so the last instance is found
 * without comparing schemas, which goes through all their fields. Thread-safe.
 */
final class SchemaCache<T> {

    private static final int SIZE = 16;

    private final Function<Schema, T> compiler;
    private final Cache<Schema, T> compiled = new SynchronizedCache<>(new LRUCache<>(SIZE));
    private volatile @Nullable Entry<T> last;

    SchemaCache(Function<Schema, T> compiler) {
        this.compiler = compiler;
    }

    T get(Schema schema) {
        Entry<T> entry = last;
        if (entry != null && entry.schema() == schema) {
            return entry.value();
        }
        T value = compiled.get(schema);
        if (value == null) {
            value = compiler.apply(schema);
            compiled.put(schema, value);
        }
        last = new Entry<>(schema, value);
        return value;
    }

    private record Entry<T>(Schema schema, T value) {}
}
