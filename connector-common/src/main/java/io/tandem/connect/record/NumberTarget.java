package io.tandem.connect.record;

import java.math.BigDecimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * A type that a number can be brought into, whatever type it comes from. Each method returns the very same number or
 * throws a {@link DataException} that doesn't show it.
 */
interface NumberTarget {

    Object ofLong(long value);

    Object ofDecimal(BigDecimal value);

    Object ofDouble(double value);

    /** Only the plain form is a number here: what the number is written as when it goes back to text. */
    Object ofText(String value);

    static DataException misfit(String type) {
        return new DataException("does not fit " + type + " exactly");
    }

    static NumberTarget of(Schema schema) {
        return switch (ValueKind.of(schema)) {
            case DECIMAL -> new DecimalTarget(DecimalType.of(schema));
            case BOOLEAN -> new BooleanTarget();
            case STRING -> new TextTarget();
            case FLOAT -> new FloatTarget(schema.type() == Schema.Type.FLOAT32);
            default ->
                switch (schema.type()) {
                    case INT8 -> new IntegerTarget("int8", Byte.MIN_VALUE, Byte.MAX_VALUE, value -> (byte) value);
                    case INT16 -> new IntegerTarget("int16", Short.MIN_VALUE, Short.MAX_VALUE, value -> (short) value);
                    case INT32 ->
                        new IntegerTarget("int32", Integer.MIN_VALUE, Integer.MAX_VALUE, value -> (int) value);
                    default -> new IntegerTarget("int64", Long.MIN_VALUE, Long.MAX_VALUE, value -> value);
                };
        };
    }

    /** Boxes a value that is known to be in range. */
    interface Box {
        Object of(long value);
    }

    record IntegerTarget(String type, long min, long max, Box box) implements NumberTarget {

        @Override
        public Object ofLong(long value) {
            if (value < min || value > max) {
                throw misfit(type);
            }
            return box.of(value);
        }

        @Override
        public Object ofDecimal(BigDecimal value) {
            // 19 digits are the longest int64; without the check a huge exponent would be spelled out
            if (value.signum() != 0 && (long) value.precision() - value.scale() > 19) {
                throw misfit(type);
            }
            long exact;
            try {
                exact = value.longValueExact();
            } catch (ArithmeticException e) {
                throw misfit(type);
            }
            return ofLong(exact);
        }

        @Override
        public Object ofDouble(double value) {
            long whole = (long) value;
            // compare() also tells -0.0 from 0; 2^63 is the one double that the cast cuts to a long it compares equal
            // to
            if (Double.compare((double) whole, value) != 0 || value == 0x1p63) {
                throw misfit(type);
            }
            return ofLong(whole);
        }

        @Override
        public Object ofText(String value) {
            long number;
            try {
                number = Long.parseLong(value);
            } catch (NumberFormatException e) {
                throw new DataException("is not the plain form of an " + type);
            }
            if (!Long.toString(number).equals(value)) {
                throw new DataException("is not the plain form of an " + type);
            }
            return ofLong(number);
        }
    }

    record DecimalTarget(DecimalType type) implements NumberTarget {

        @Override
        public Object ofLong(long value) {
            return type.fit(BigDecimal.valueOf(value));
        }

        @Override
        public Object ofDecimal(BigDecimal value) {
            return type.fit(value);
        }

        @Override
        public Object ofDouble(double value) {
            if (!Double.isFinite(value) || Double.compare(value, -0.0) == 0) {
                throw misfit("a decimal");
            }
            return type.fit(new BigDecimal(value));
        }

        @Override
        public Object ofText(String value) {
            BigDecimal number;
            try {
                number = new BigDecimal(value);
            } catch (NumberFormatException e) {
                throw new DataException("is not the plain form of a decimal");
            }
            // an exponent is never plain, and spelling a huge one out would take all memory
            if (number.scale() < 0 || number.scale() > value.length()) {
                throw new DataException("is not the plain form of a decimal");
            }
            BigDecimal fitted = type.fit(number);
            if (!fitted.toPlainString().equals(value)) {
                throw new DataException("is not the plain form of a decimal of scale " + type.scale());
            }
            return fitted;
        }
    }

    /** Both floating point types; a value counts as its binary value, so 0.1 as decimal fits neither. */
    record FloatTarget(boolean single) implements NumberTarget {

        @Override
        public Object ofLong(long value) {
            double result = single ? (float) value : (double) value;
            if (result == 0x1p63 || (long) result != value) {
                throw misfit(type());
            }
            return box(result);
        }

        @Override
        public Object ofDecimal(BigDecimal value) {
            double result = single ? value.floatValue() : value.doubleValue();
            if (!Double.isFinite(result) || new BigDecimal(result).compareTo(value) != 0) {
                throw misfit(type());
            }
            return box(result);
        }

        @Override
        public Object ofDouble(double value) {
            if (single && Double.compare((float) value, value) != 0) {
                throw misfit(type());
            }
            return box(value);
        }

        @Override
        public Object ofText(String value) {
            throw misfit(type());
        }

        private Object box(double value) {
            // not a conditional expression: that would widen both to double
            if (single) {
                return (float) value;
            }
            return value;
        }

        private String type() {
            return single ? "float32" : "float64";
        }
    }

    record BooleanTarget() implements NumberTarget {

        @Override
        public Object ofLong(long value) {
            if (value != 0 && value != 1) {
                throw new DataException("is neither 0 nor 1, so it is no boolean");
            }
            return value == 1;
        }

        @Override
        public Object ofDecimal(BigDecimal value) {
            if (value.compareTo(BigDecimal.ONE) == 0) {
                return true;
            }
            if (value.signum() == 0) {
                return false;
            }
            throw new DataException("is neither 0 nor 1, so it is no boolean");
        }

        @Override
        public Object ofDouble(double value) {
            throw misfit("boolean");
        }

        @Override
        public Object ofText(String value) {
            throw misfit("boolean");
        }
    }

    record TextTarget() implements NumberTarget {

        @Override
        public Object ofLong(long value) {
            return Long.toString(value);
        }

        @Override
        public Object ofDecimal(BigDecimal value) {
            DecimalType.requirePlain(value);
            return value.toPlainString();
        }

        @Override
        public Object ofDouble(double value) {
            throw misfit("string");
        }

        @Override
        public Object ofText(String value) {
            return value;
        }
    }
}
