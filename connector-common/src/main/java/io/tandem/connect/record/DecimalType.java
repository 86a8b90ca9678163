package io.tandem.connect.record;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;

/**
 * Precision and scale of a Connect {@link Decimal}. Immutable.
 *
 * @param precision how many digits at most, 0 for no limit
 * @param scale how many of them after the point
 */
public record DecimalType(int precision, int scale) {

    /** The schema parameter that carries the precision; Connect itself knows the scale only, Avro converters read it. */
    public static final String PRECISION_PARAMETER = "connect.decimal.precision";

    // PostgreSQL's numbers, the longest of all, have fewer before and after the point together
    private static final int MOST_DIGITS = 150_000;

    /**
     * The type of a Connect decimal schema.
     *
     * @throws DataException if the schema lacks the scale, or a parameter is no number
     */
    public static DecimalType of(Schema schema) {
        Map<String, String> parameters = schema.parameters() == null ? Map.of() : schema.parameters();
        return new DecimalType(
                number(parameters, PRECISION_PARAMETER, "0"), number(parameters, Decimal.SCALE_FIELD, ""));
    }

    private static int number(Map<String, String> parameters, String name, String absent) {
        try {
            return Integer.parseInt(parameters.getOrDefault(name, absent));
        } catch (NumberFormatException e) {
            throw new DataException("a decimal schema needs a number as its parameter " + name, e);
        }
    }

    /** A builder of the Connect schema of this type. */
    public SchemaBuilder schema() {
        SchemaBuilder builder = Decimal.builder(scale);
        return precision == 0 ? builder : builder.parameter(PRECISION_PARAMETER, Integer.toString(precision));
    }

    /**
     * Makes sure that a number can be spelled out: a record's schema may say any scale, and with a huge one the digits of
     * a single number would take all memory, or the sum of all time.
     *
     * @throws DataException if no database has numbers of so many digits
     */
    static void requirePlain(BigDecimal value) {
        if ((long) value.precision() - value.scale() > MOST_DIGITS || value.scale() > MOST_DIGITS) {
            throw new DataException("has more digits than any database's number");
        }
    }

    /**
     * The same number with this scale.
     *
     * @throws DataException if it has more digits than this type
     */
    BigDecimal fit(BigDecimal value) {
        // a huge exponent must not be spelled out before it is refused
        if (precision != 0
                && value.signum() != 0
                && (long) value.precision() - value.scale() > (long) precision - scale) {
            throw new DataException("has more digits than decimal(" + precision + "," + scale + ") holds");
        }
        if (value.scale() == scale) {
            return value;
        }
        requirePlain(value);
        try {
            return value.setScale(scale, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new DataException("has more decimal places than the scale " + scale);
        }
    }
}
