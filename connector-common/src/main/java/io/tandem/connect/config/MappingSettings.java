package io.tandem.connect.config;

import io.tandem.connect.check.MappingCheck;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The settings of the check that compares a mapping with the tables. */
final class MappingSettings {

    static final String SAMPLE_ROWS = "mapping.check.rows";

    private static final String GROUP = "Mapping";

    private static final String UNMAPPED_COLUMNS_DOC =
            "Columns that no rule of the mapping needs to mention: those of the root by name, those of a child as "
                    + "<child>.<column>; '*' for all. What is written to them stays on this master. A column that is "
                    + "neither mapped nor listed is an error when the connector is configured, and a warning when it "
                    + "starts, so that a new column does not stop a pair that runs.";

    private static final String SAMPLE_ROWS_DOC =
            "How many rows of the root table, with their children, the check takes through the mapping and back, before "
                    + "anything is sent: a value that cannot be mapped or comes back different is an error. 0 for none.";

    private MappingSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        MappingCheck.UNMAPPED_COLUMNS,
                        Type.LIST,
                        "",
                        Importance.MEDIUM,
                        UNMAPPED_COLUMNS_DOC,
                        GROUP,
                        1,
                        Width.MEDIUM,
                        MappingCheck.UNMAPPED_COLUMNS)
                .define(
                        SAMPLE_ROWS,
                        Type.INT,
                        0,
                        ConfigDef.Range.between(0, 100_000),
                        Importance.LOW,
                        SAMPLE_ROWS_DOC,
                        GROUP,
                        2,
                        Width.SHORT,
                        SAMPLE_ROWS);
    }
}
