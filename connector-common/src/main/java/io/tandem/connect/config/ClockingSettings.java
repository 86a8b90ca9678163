package io.tandem.connect.config;

import io.tandem.connect.aggregate.Clocking;
import io.tandem.connect.aggregate.Clocking.Placement;
import io.tandem.connect.aggregate.Clocking.Stamping;
import io.tandem.connect.database.ClockColumns;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The settings that say where an aggregate's versions are and who counts its writes. */
final class ClockingSettings {

    private static final String PLACEMENT = "clock.placement";
    private static final String PLACEMENT_DOC =
            "Where the versions are. 'table': in a clock table beside the application's tables. 'root': in columns of the "
                    + "root table (clock_<id> for each master, clock_timestamp, clock_writer, clock_published). To be chosen "
                    + "before the first start, the same in source and sink of a master.";

    private static final String STAMPING = "clock.stamping";
    private static final String STAMPING_DOC =
            "Who counts the writes. 'triggers': triggers of Tandem, and no statement of the application changes. "
                    + "'application': the application stamps its own version in the transaction that writes; there are no "
                    + "triggers, and a write that is not stamped does not travel. To be chosen before the first start, the "
                    + "same in source and sink of a master.";

    private ClockingSettings() {}

    static void define(ConfigDef definition, String group) {
        define(definition, PLACEMENT, "table", "root", PLACEMENT_DOC, group);
        define(definition, STAMPING, "triggers", "application", STAMPING_DOC, group);
    }

    private static void define(
            ConfigDef definition, String name, String usual, String other, String doc, String group) {
        definition.define(
                name,
                Type.STRING,
                usual,
                ConfigDef.CaseInsensitiveValidString.in(usual, other),
                Importance.MEDIUM,
                doc,
                group,
                CommonConfig.next(definition),
                Width.SHORT,
                name);
    }

    /** @throws ConfigException if the application is to stamp rows that take their version along when they are deleted */
    static Clocking read(CommonConfig config) {
        Placement placement = Placement.valueOf(config.getString(PLACEMENT).toUpperCase(Locale.ROOT));
        Stamping stamping = Stamping.valueOf(config.getString(STAMPING).toUpperCase(Locale.ROOT));
        if (placement == Placement.ROOT
                && stamping == Stamping.APPLICATION
                && config.getString(AggregateSettings.DELETED_COLUMN).isEmpty()) {
            throw new ConfigException(
                    AggregateSettings.DELETED_COLUMN,
                    "",
                    "is missing; with " + PLACEMENT + "=root and " + STAMPING
                            + "=application a row that is really deleted "
                            + "would take its version along, and the delete would never travel: name the column that marks "
                            + "deleted rows, or choose " + PLACEMENT + "=table");
        }
        Set<String> columns = placement == Placement.ROOT
                ? ClockColumns.namesInRoot(config.masters().ids())
                : Set.of();
        return new Clocking(placement, stamping, columns);
    }
}
