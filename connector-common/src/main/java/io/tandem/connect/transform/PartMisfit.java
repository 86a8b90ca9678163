package io.tandem.connect.transform;

import org.apache.kafka.connect.errors.DataException;

/** Trouble with one of several canonical fields. */
final class PartMisfit extends DataException {

    private final int part;

    /** @param part the index of the field within its rule */
    PartMisfit(int part, String reason) {
        super(reason);
        this.part = part;
    }

    int part() {
        return part;
    }
}
