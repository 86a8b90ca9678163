package io.tandem.connect.transform;

import io.tandem.connect.record.Coercion;
import io.tandem.connect.record.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * A number that is kept in another unit: canonical = local × factor, exactly. Immutable and thread-safe.
 */
final class ScaleForm implements ValueForm {

    private final BigDecimal factor;
    private final int canonicalScale;
    private final int localScale;

    /**
     * The form for a canonical type.
     *
     * @param factor not 0
     * @throws DataException if the type is neither a decimal nor a whole number
     */
    static ScaleForm of(BigDecimal factor, Schema canonical) {
        if (Decimal.LOGICAL_NAME.equals(canonical.name())) {
            return new ScaleForm(factor, DecimalType.of(canonical).scale());
        }
        boolean whole = canonical.type() == Schema.Type.INT32 || canonical.type() == Schema.Type.INT64;
        if (whole && canonical.name() == null) {
            return new ScaleForm(factor, 0);
        }
        throw new DataException(
                "expected a canonical field that is a decimal or a whole number, not " + Coercion.describe(canonical));
    }

    private ScaleForm(BigDecimal factor, int canonicalScale) {
        BigDecimal plain = factor.stripTrailingZeros();
        this.factor = plain;
        this.canonicalScale = canonicalScale;
        // a local number with more places than these has no exact counterpart of the canonical scale
        this.localScale = Math.max(0, canonicalScale - plain.scale() + placesByDividing(plain.unscaledValue()));
    }

    /** How many decimal places a whole number gets at most when it is divided by this one, as far as it is finite. */
    private static int placesByDividing(BigInteger divisor) {
        return Math.max(powers(divisor, 2), powers(divisor, 5));
    }

    private static int powers(BigInteger number, int prime) {
        BigInteger divisor = BigInteger.valueOf(prime);
        BigInteger rest = number;
        int count = 0;
        while (rest.mod(divisor).signum() == 0) {
            rest = rest.divide(divisor);
            count++;
        }
        return count;
    }

    @Override
    public Schema local() {
        return Decimal.builder(localScale).optional().build();
    }

    @Override
    public Schema canonical() {
        return Decimal.builder(canonicalScale).optional().build();
    }

    @Override
    public Object toCanonical(Object local) {
        try {
            return ((BigDecimal) local).multiply(factor).setScale(canonicalScale, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new DataException("times " + factor.toPlainString() + " has more decimal places than the field");
        }
    }

    @Override
    public Object fromCanonical(Object canonical) {
        try {
            return ((BigDecimal) canonical).divide(factor, localScale, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new DataException("can't be divided by " + factor.toPlainString() + " exactly");
        }
    }
}
