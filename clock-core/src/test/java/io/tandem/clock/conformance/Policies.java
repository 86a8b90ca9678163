package io.tandem.clock.conformance;

import io.tandem.clock.ConflictPolicy;
import io.tandem.clock.Masters;
import io.tandem.clock.PriorityPolicy;
import io.tandem.clock.TimestampPolicy;
import java.util.List;

/** The shipped policies by their ids on the wire. */
final class Policies {

    private Policies() {}

    /** @throws IllegalArgumentException if there is no such policy */
    static ConflictPolicy of(String id) {
        String[] parts = id.split(":", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("expected name:first,second,... but got " + id);
        }
        Masters masters = new Masters(List.of(parts[1].split(",", -1)));
        ConflictPolicy policy = switch (parts[0]) {
            case TimestampPolicy.NAME -> new TimestampPolicy(masters);
            case PriorityPolicy.NAME -> new PriorityPolicy(masters);
            default -> throw new IllegalArgumentException("there is no policy " + parts[0]);
        };
        if (!policy.id().equals(id)) {
            throw new IllegalArgumentException("the policy " + id + " calls itself " + policy.id());
        }
        return policy;
    }
}
