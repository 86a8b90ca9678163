package io.tandem.connect.transform;

import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;

/** A mapping document, checked against its canonical schema. Immutable and thread-safe. */
final class CompiledMapping {

    private final Mapping mapping;
    private final CanonicalSchema canonical;
    private final List<Lens> data;
    private final List<Lens> key;
    private final List<String> keyColumns;

    private CompiledMapping(Mapping mapping, CanonicalSchema canonical, List<Lens> data) {
        this.mapping = mapping;
        this.canonical = canonical;
        this.data = data;
        this.keyColumns = mapping.keyColumns(canonical);
        // in the order of the canonical key, and compiled a second time: against the key instead of the data
        this.key = canonical.keyFields().stream()
                .flatMap(field -> data.stream().filter(lens -> lens.fields().contains(field)))
                .toList();
    }

    /**
     * Compiles as far as is possible without the schema of the records.
     *
     * @throws ConfigException if the document doesn't fit the schema
     */
    static CompiledMapping of(Mapping mapping, CanonicalSchema canonical) {
        return new CompiledMapping(mapping, canonical, LensCompiler.compile(mapping, canonical));
    }

    String aggregate() {
        return mapping.aggregate();
    }

    Schema canonicalValue() {
        return canonical.value();
    }

    /** @throws Unmappable if the local row lacks a column */
    RecordBuilder dataToCanonical(Schema local) {
        return RecordBuilder.toCanonical(data, local, canonical.data());
    }

    /** The canonical fields that this master does not have. */
    List<String> absent() {
        return mapping.absent();
    }

    /**
     * @param absence what the publishing master does not have
     * @throws Unmappable if a field has a type that its rule can't map, or lacks other fields of its rule
     */
    RecordBuilder dataFromCanonical(Schema incoming, Absence absence) {
        for (String field : canonical.keyFields()) {
            if (absence.covers(field)) {
                throw new Unmappable(field, "", "is listed as absent in the record, but belongs to the key");
            }
        }
        return RecordBuilder.fromCanonical(data, Level.of(incoming, absence), new LocalShape(localName()), true);
    }

    /** @throws Unmappable if the local key has other columns than the canonical key is mapped to */
    RecordBuilder keyToCanonical(Schema local) {
        if (local.fields().size() != keyColumns.size()) {
            throw new Unmappable(
                    "key",
                    "",
                    "the local key must have the columns " + String.join(", ", keyColumns)
                            + ", which the canonical key is mapped to");
        }
        return RecordBuilder.toCanonical(key, local, canonical.key());
    }

    /** @throws Unmappable if the incoming key has other fields than the canonical key */
    RecordBuilder keyFromCanonical(Schema incoming) {
        List<String> names = canonical.keyFields();
        boolean complete = names.stream().allMatch(name -> incoming.field(name) != null);
        if (!complete || incoming.fields().size() != names.size()) {
            throw new Unmappable("key", "", "the canonical key must have the fields " + String.join(", ", names));
        }
        return RecordBuilder.fromCanonical(key, Level.of(incoming), new LocalShape(localName() + ".Key"), false);
    }

    /** The name of the local value schema. */
    String localValueName() {
        return localName() + ".Alignment";
    }

    private String localName() {
        return mapping.aggregate() + ".local." + mapping.master();
    }
}
