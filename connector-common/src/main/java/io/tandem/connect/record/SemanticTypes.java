package io.tandem.connect.record;

import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Names of the Connect schemas for values that Connect's own logical types would cut short: {@code
 * org.apache.kafka.connect.data.Timestamp} and {@code Time} are milliseconds only.
 */
public final class SemanticTypes {

    /** An instant: int64 microseconds since 1970-01-01T00:00Z. */
    public static final String MICRO_TIMESTAMP = "io.tandem.time.MicroTimestamp";

    /** A date and time without a zone: int64 microseconds since 1970-01-01T00:00 of the same unknown zone. */
    public static final String LOCAL_MICRO_TIMESTAMP = "io.tandem.time.LocalMicroTimestamp";

    /** A time of day: int64 microseconds since midnight. */
    public static final String MICRO_TIME = "io.tandem.time.MicroTime";

    private SemanticTypes() {}

    /** A builder of an int64 schema with one of the names of this class. */
    public static SchemaBuilder int64(String name) {
        return SchemaBuilder.int64().name(name);
    }
}
