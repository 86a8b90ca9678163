package io.tandem.connect.transform;

import io.tandem.connect.record.AlignmentSchema;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.cache.SynchronizedCache;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The converters of the alignment records of one schema, by what the publishing master says is absent. As a rule all
 * records of a topic say the same, so the last converter is looked at first. Thread-safe.
 */
final class EnvelopeConverters {

    private static final int SIZE = 16;

    private final @Nullable Field absent;
    private final Function<Absence, EnvelopeConverter> compiler;
    private final Cache<List<String>, EnvelopeConverter> compiled = new SynchronizedCache<>(new LRUCache<>(SIZE));
    private volatile @Nullable Entry last;

    /** @param compiler makes the converter for records that lack certain fields */
    EnvelopeConverters(Schema value, Function<Absence, EnvelopeConverter> compiler) {
        // records of older writers lack the field
        this.absent = value.type() == Schema.Type.STRUCT ? value.field(AlignmentSchema.ABSENT) : null;
        this.compiler = compiler;
    }

    /** @throws Unmappable if records like this one can't be mapped */
    EnvelopeConverter get(Struct value) {
        List<String> paths = absent == null ? List.of() : paths(value.get(absent));
        Entry entry = last;
        if (entry != null && entry.paths().equals(paths)) {
            return entry.converter();
        }
        EnvelopeConverter converter = compiled.get(paths);
        if (converter == null) {
            converter = compiler.apply(Absence.of(paths));
            compiled.put(List.copyOf(paths), converter);
        }
        last = new Entry(List.copyOf(paths), converter);
        return converter;
    }

    private static List<String> paths(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            return List.of();
        }
        // equal lists of texts need no copy to be found, which happens for every record
        @SuppressWarnings("unchecked")
        List<String> paths = (List<String>) list;
        return paths;
    }

    private record Entry(List<String> paths, EnvelopeConverter converter) {}
}
