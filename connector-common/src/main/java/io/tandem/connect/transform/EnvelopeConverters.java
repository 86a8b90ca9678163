package io.tandem.connect.transform;

import io.tandem.connect.record.AlignmentSchema;
import java.util.ArrayList;
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
        Object said = absent == null ? null : value.get(absent);
        List<?> list = said instanceof List<?> found ? found : List.of();
        // equal lists need no look at what is in them, which holds for nearly every record
        Entry entry = last;
        if (entry != null && entry.paths().equals(list)) {
            return entry.converter();
        }
        List<String> paths = paths(list);
        EnvelopeConverter converter = compiled.get(paths);
        if (converter == null) {
            converter = compiler.apply(Absence.of(paths));
            compiled.put(paths, converter);
        }
        last = new Entry(paths, converter);
        return converter;
    }

    private static List<String> paths(List<?> list) {
        List<String> paths = new ArrayList<>(list.size());
        for (Object path : list) {
            if (!(path instanceof String text)) {
                throw new Unmappable(AlignmentSchema.ABSENT, "", "is no array of texts; expected names of fields");
            }
            paths.add(text);
        }
        return List.copyOf(paths);
    }

    private record Entry(List<String> paths, EnvelopeConverter converter) {}
}
