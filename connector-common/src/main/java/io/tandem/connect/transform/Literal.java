package io.tandem.connect.transform;

import io.tandem.connect.record.Coercion;
import java.math.BigDecimal;
import java.util.Objects;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * A constant of a mapping document. Immutable.
 *
 * @param value a {@link String}, a {@link Boolean} or a {@link BigDecimal}
 */
public record Literal(Object value) {

    /**
     * The constant as a value of a canonical field: text for text, true or false for boolean, a number for a number.
     *
     * @throws DataException if it is of another type or doesn't fit exactly
     */
    Object as(Schema schema) {
        boolean text = schema.type() == Schema.Type.STRING;
        boolean bool = schema.type() == Schema.Type.BOOLEAN;
        if (value instanceof String != text || value instanceof Boolean != bool) {
            throw new DataException("expected a constant of the type " + Coercion.describe(schema));
        }
        if (value instanceof BigDecimal number) {
            Schema own = Decimal.schema(number.scale());
            return Objects.requireNonNull(Coercion.between(own, schema).convert(number));
        }
        return value;
    }

    /**
     * The constant as a local value, whose type the document's author may not know as well: a number may be text, and
     * text may be a number in its plain form.
     *
     * @throws DataException if it doesn't fit exactly
     */
    Object in(Schema schema) {
        return Objects.requireNonNull(Coercion.between(schema(), schema).convert(value));
    }

    /** The type of the constant itself. */
    Schema schema() {
        if (value instanceof BigDecimal number) {
            return Decimal.schema(Math.max(0, number.scale()));
        }
        return value instanceof Boolean ? Schema.BOOLEAN_SCHEMA : Schema.STRING_SCHEMA;
    }
}
