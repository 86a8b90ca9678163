package io.tandem.connect.transform;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * How a value that is kept in one form locally stands for a canonical value, both ways. Neither direction sees null.
 * Immutable and thread-safe. Both directions throw a {@link DataException}, which never shows the value, if there is no
 * counterpart from which the way back leads to the same value.
 */
interface ValueForm {

    /** The type that {@link #toCanonical} takes, optional. */
    Schema local();

    /** The type that {@link #toCanonical} returns, optional. */
    Schema canonical();

    Object toCanonical(Object local);

    Object fromCanonical(Object canonical);

    /** This form, with the other one on its canonical side. */
    default ValueForm then(ValueForm next) {
        ValueForm first = this;
        return new ValueForm() {
            @Override
            public Schema local() {
                return first.local();
            }

            @Override
            public Schema canonical() {
                return next.canonical();
            }

            @Override
            public Object toCanonical(Object local) {
                return next.toCanonical(first.toCanonical(local));
            }

            @Override
            public Object fromCanonical(Object canonical) {
                return first.fromCanonical(next.fromCanonical(canonical));
            }
        };
    }
}
