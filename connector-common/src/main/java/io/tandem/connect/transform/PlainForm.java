package io.tandem.connect.transform;

import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * The value itself.
 *
 * @param local the canonical type, which is also the local one
 * @param symbols what an enum may hold, empty for any value
 */
record PlainForm(Schema local, Set<String> symbols) implements ValueForm {

    @Override
    public Schema canonical() {
        return local;
    }

    @Override
    public Object toCanonical(Object value) {
        // Connect has no enum: without the check the converter or the peer would find out
        if (!symbols.isEmpty() && !symbols.contains(value)) {
            throw new DataException("is none of the symbols of the enum");
        }
        return value;
    }

    @Override
    public Object fromCanonical(Object value) {
        return value;
    }
}
