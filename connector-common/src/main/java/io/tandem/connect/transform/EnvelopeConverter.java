package io.tandem.connect.transform;

import io.tandem.connect.record.AlignmentSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Converts the value of an alignment record: copies the envelope and maps the data. Immutable and thread-safe. */
final class EnvelopeConverter {

    private final RecordBuilder data;
    private final Schema schema;
    private final List<Copy> copies = new ArrayList<>();
    private final Field sourceData;
    private final Field targetData;
    private final Field sourceDeleted;
    private final Field targetAbsent;
    private final List<String> absent;

    /**
     * @param source the schema of the incoming value
     * @param data compiles the mapping of the data
     * @param target makes the schema of the outgoing value from that of its data
     * @param absent what the outgoing value says is absent
     * @throws Unmappable if the incoming schema is not that of an alignment record
     */
    EnvelopeConverter(
            Schema source, Function<Schema, RecordBuilder> data, Function<Schema, Schema> target, List<String> absent) {
        this.sourceData = field(source, AlignmentSchema.DATA);
        this.sourceDeleted = field(source, AlignmentSchema.DELETED);
        this.data = data.apply(sourceData.schema());
        this.schema = target.apply(this.data.schema());
        this.targetData = field(schema, AlignmentSchema.DATA);
        this.targetAbsent = field(schema, AlignmentSchema.ABSENT);
        this.absent = List.copyOf(absent);
        for (Field field : schema.fields()) {
            if (field.index() != targetData.index() && field.index() != targetAbsent.index()) {
                copies.add(new Copy(field(source, field.name()), field));
            }
        }
    }

    private static Field field(Schema schema, String name) {
        Field field = schema.type() == Schema.Type.STRUCT ? schema.field(name) : null;
        if (field == null
                || (name.equals(AlignmentSchema.DATA) && field.schema().type() != Schema.Type.STRUCT)) {
            throw new Unmappable(name, "", "is missing, so this is no alignment record");
        }
        return field;
    }

    /** The schema of what {@link #convert} makes. */
    Schema schema() {
        return schema;
    }

    /** @throws Unmappable if the data can't be mapped, or is there although deleted, or the other way round */
    Struct convert(Struct from) {
        Struct row = (Struct) from.get(sourceData);
        if (Boolean.TRUE.equals(from.get(sourceDeleted)) != (row == null)) {
            throw new Unmappable(AlignmentSchema.DATA, "", "must be null if and only if the record says deleted");
        }
        Struct to = new Struct(schema);
        for (Copy copy : copies) {
            to.put(copy.to(), from.get(copy.from()));
        }
        to.put(targetAbsent, absent);
        return to.put(targetData, row == null ? null : data.build(row));
    }

    private record Copy(Field from, Field to) {}
}
