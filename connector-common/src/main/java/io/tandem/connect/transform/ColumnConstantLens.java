package io.tandem.connect.transform;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;

/** A column that always has the same value. Rows with another value must not get here. */
final class ColumnConstantLens implements Lens {

    private static final int LONG_DIGITS = 18;

    private final String column;
    private final Literal constant;

    ColumnConstantLens(String column, Literal constant) {
        this.column = column;
        this.constant = constant;
    }

    @Override
    public List<String> fields() {
        return List.of();
    }

    @Override
    public String origin() {
        return Unmappable.column(column);
    }

    @Override
    public Step toCanonical(Level local, Level canonical) {
        return (from, to) -> {};
    }

    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        Schema type = type();
        Object value = constant.as(type);
        int cell = local.column(column, type, false);
        return Optional.of((from, to) -> to[cell] = value);
    }

    private Schema type() {
        if (constant.value() instanceof BigDecimal number) {
            boolean small = number.scale() == 0 && number.precision() <= LONG_DIGITS;
            return small ? Schema.INT64_SCHEMA : Decimal.schema(number.scale());
        }
        return constant.value() instanceof Boolean ? Schema.BOOLEAN_SCHEMA : Schema.STRING_SCHEMA;
    }
}
