package io.tandem.connect.record;

import io.tandem.connect.aggregate.AggregateKey;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Keys as messages show them: unlike other data they may be told, but a text as large as a book is cut. */
public final class KeyText {

    private static final int LONGEST = 200;

    private KeyText() {}

    /** A key on this master: {@code 4711}. */
    public static String of(AggregateKey key) {
        return cut(key.toString());
    }

    /** A record's key, whatever its columns are: {@code id=4711, part=2}. Of what no key consists of, the type. */
    public static String of(Struct key) {
        return cut(key.schema().fields().stream()
                .map(field -> field.name() + "="
                        + (isPlain(field.schema())
                                ? key.get(field)
                                : field.schema().type().getName()))
                .collect(Collectors.joining(", ")));
    }

    private static boolean isPlain(Schema schema) {
        return schema.type().isPrimitive() && (schema.type() != Schema.Type.BYTES || schema.name() != null);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
