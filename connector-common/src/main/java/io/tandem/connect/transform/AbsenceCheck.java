package io.tandem.connect.transform;

import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** Checks the fields that a document lists as absent: a record can do without each of them. */
final class AbsenceCheck {

    private final CanonicalSchema canonical;

    AbsenceCheck(CanonicalSchema canonical) {
        this.canonical = canonical;
    }

    /** @throws ConfigException naming the place in the document */
    void check(List<String> absent) {
        for (int i = 0; i < absent.size(); i++) {
            check("absent[" + i + "]", absent.get(i));
        }
    }

    private void check(String place, String path) {
        Schema schema = canonical.data();
        String collection = "";
        int start = 0;
        while (start <= path.length()) {
            int dot = path.indexOf('.', start);
            int end = dot < 0 ? path.length() : dot;
            if (Schemas.isCollection(schema)) {
                collection = path.substring(0, start - 1);
                schema = schema.valueSchema();
            }
            Field field = schema.type() == Schema.Type.STRUCT ? schema.field(path.substring(start, end)) : null;
            if (field == null) {
                throw JsonPlace.error(place, "the canonical schema has no field " + path);
            }
            schema = field.schema();
            start = end + 1;
        }
        List<String> key = collection.isEmpty() ? canonical.keyFields() : canonical.order(collection);
        if (key.contains(collection.isEmpty() ? path : path.substring(collection.length() + 1))) {
            throw JsonPlace.error(place, "the canonical field " + path + " belongs to a key, which every master has");
        }
        if (!dispensable(schema)) {
            throw JsonPlace.error(
                    place,
                    "the canonical field " + path + " must be optional or have a default in the canonical schema, "
                            + "since this master has nothing to put there");
        }
    }

    private static boolean dispensable(Schema schema) {
        boolean free = schema.isOptional() || schema.defaultValue() != null;
        boolean record = schema.type() == Schema.Type.STRUCT;
        return free || (record && schema.fields().stream().allMatch(field -> dispensable(field.schema())));
    }
}
