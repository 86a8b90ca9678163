package io.tandem.connect.config;

import io.tandem.connect.aggregate.Aggregate;
import java.util.Map;

/** Checks the mapping of a connector's transforms against the real tables. */
final class MappingCheck {

    private MappingCheck() {}

    static void against(Aggregate aggregate, Map<String, String> properties) {}
}
