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
}
