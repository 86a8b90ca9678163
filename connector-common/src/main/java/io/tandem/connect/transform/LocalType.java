package io.tandem.connect.transform;

import io.tandem.connect.record.DecimalType;
import io.tandem.connect.record.SemanticTypes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * A type of a local column as a mapping document names it. Immutable.
 *
 * @param schema the Connect schema of the type, optional
 */
public record LocalType(Schema schema) {

    /** What may be written, for messages. */
    public static final String EXPECTED = "one of string, boolean, int8, int16, int32, int64, float32, float64, bytes, "
            + "date, time, timestamp, local-timestamp, decimal(precision,scale)";

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,4}),(\\d{1,4})\\)");

    /** The type of that name, empty if there is none. */
    public static Optional<LocalType> of(String name) {
        return Optional.ofNullable(
                        switch (name) {
                            case "string" -> SchemaBuilder.string();
                            case "boolean" -> SchemaBuilder.bool();
                            case "int8" -> SchemaBuilder.int8();
                            case "int16" -> SchemaBuilder.int16();
                            case "int32" -> SchemaBuilder.int32();
                            case "int64" -> SchemaBuilder.int64();
                            case "float32" -> SchemaBuilder.float32();
                            case "float64" -> SchemaBuilder.float64();
                            case "bytes" -> SchemaBuilder.bytes();
                            case "date" -> Date.builder();
                            case "time" -> SemanticTypes.int64(SemanticTypes.MICRO_TIME);
                            case "timestamp" -> SemanticTypes.int64(SemanticTypes.MICRO_TIMESTAMP);
                            case "local-timestamp" -> SemanticTypes.int64(SemanticTypes.LOCAL_MICRO_TIMESTAMP);
                            default -> null;
                        })
                .or(() -> decimal(name))
                .map(builder -> new LocalType(builder.optional().build()));
    }

    private static Optional<SchemaBuilder> decimal(String name) {
        Matcher matcher = DECIMAL.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int precision = Integer.parseInt(matcher.group(1));
        int scale = Integer.parseInt(matcher.group(2));
        return precision > 0 && scale <= precision
                ? Optional.of(new DecimalType(precision, scale).schema())
                : Optional.empty();
    }
}
