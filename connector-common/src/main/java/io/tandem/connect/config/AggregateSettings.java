package io.tandem.connect.config;

import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.SoftDeleteDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** The settings that say which tables an aggregate consists of. */
final class AggregateSettings {

    private static final String ROOT = "aggregate.root";
    private static final String ROOT_DOC =
            "Root table, 'table' or 'schema.table', spelled as in the database's catalog.";

    private static final String KEY = "aggregate.key";
    private static final String KEY_DOC =
            "Columns of the root table that identify the aggregate, on every master. Default: the primary key of the "
                    + "root table. Give the business key here where the database generates the primary key; the children "
                    + "may go on referring to the generated one.";

    static final String CHILDREN = "aggregate.children";
    private static final String CHILDREN_DOC =
            "Names of the child collections, of all levels. For each, as aggregate.children.<name>.<what>: 'table', the "
                    + "child table (default: the name); 'parent', the name of the collection whose rows it belongs to "
                    + "(default: the root); 'foreign.key', the columns that refer to the parent, in the order of what they "
                    + "refer to (default: those of the foreign key constraint); 'key', the columns that tell a row from the "
                    + "others of the same parent row, needed where the database generates the primary key (default: the "
                    + "primary key).";
    private static final String CHILD_TABLE = ".table";
    private static final String CHILD_PARENT = ".parent";
    private static final String CHILD_FOREIGN_KEY = ".foreign.key";
    private static final String CHILD_KEY = ".key";

    static final String DELETED_COLUMN = "aggregate.deleted.column";
    private static final String DELETED_COLUMN_DOC =
            "Column of the root table that marks deleted rows, where the application keeps them. Such a row counts as "
                    + "deleted: it travels as a delete, and a delete that arrives marks the row and leaves its children "
                    + "alone. Default: rows are really deleted.";

    private static final String DELETED_VALUE = "aggregate.deleted.value";
    private static final String DELETED_VALUE_DOC =
            "The value of aggregate.deleted.column that marks a deleted row, for example 'true', '1' or 'DELETED'.";

    private static final String DELETED_RESTORED = "aggregate.deleted.restored";
    private static final String DELETED_RESTORED_DOC =
            "The value of aggregate.deleted.column for a marked row that is inserted again, if the record does not carry "
                    + "the column. Default: the record has to carry it.";

    private AggregateSettings() {}

    /** Adds the settings to a definition that has the aggregate's name already. */
    static void define(ConfigDef definition, String group) {
        CommonConfig.define(
                definition, ROOT, Type.STRING, ConfigDef.NO_DEFAULT_VALUE, Importance.HIGH, ROOT_DOC, group);
        CommonConfig.define(definition, KEY, Type.LIST, List.of(), Importance.MEDIUM, KEY_DOC, group);
        CommonConfig.define(definition, CHILDREN, Type.LIST, List.of(), Importance.HIGH, CHILDREN_DOC, group);
        CommonConfig.define(definition, DELETED_COLUMN, Type.STRING, "", Importance.LOW, DELETED_COLUMN_DOC, group);
        CommonConfig.define(definition, DELETED_VALUE, Type.STRING, "", Importance.LOW, DELETED_VALUE_DOC, group);
        CommonConfig.define(definition, DELETED_RESTORED, Type.STRING, "", Importance.LOW, DELETED_RESTORED_DOC, group);
    }

    /** The settings of these children, by their full names. */
    static List<String> ofChildren(List<String> names) {
        return names.stream()
                .flatMap(name -> ofChild(CHILDREN + "." + name).stream())
                .toList();
    }

    /** The settings of a child below a prefix. */
    static List<String> ofChild(String prefix) {
        return Stream.of(CHILD_TABLE, CHILD_PARENT, CHILD_FOREIGN_KEY, CHILD_KEY)
                .map(what -> prefix + what)
                .toList();
    }

    /** @throws ConfigException if a setting contradicts another */
    static AggregateDefinition read(CommonConfig config) {
        Map<String, String> originals = config.originalsStrings();
        List<ChildDefinition> children = new ArrayList<>();
        for (String name : config.getList(CHILDREN)) {
            String prefix = CHILDREN + "." + name;
            children.add(new ChildDefinition(
                    name,
                    originals.getOrDefault(prefix + CHILD_TABLE, name),
                    originals.getOrDefault(prefix + CHILD_PARENT, "").strip(),
                    list(originals, prefix + CHILD_FOREIGN_KEY),
                    list(originals, prefix + CHILD_KEY)));
        }
        return new AggregateDefinition(
                config.getString(CommonConfig.AGGREGATE),
                config.getString(ROOT),
                config.getList(KEY),
                children,
                softDelete(config),
                config.getString(CommonConfig.CLOCK_SCHEMA),
                ClockingSettings.read(config));
    }

    private static List<String> list(Map<String, String> originals, String name) {
        String value = originals.getOrDefault(name, "").strip();
        return value.isEmpty() ? List.of() : List.of(value.split("\\s*,\\s*", -1));
    }

    private static Optional<SoftDeleteDefinition> softDelete(CommonConfig config) {
        String column = config.getString(DELETED_COLUMN);
        String value = config.getString(DELETED_VALUE);
        String restored = config.getString(DELETED_RESTORED);
        if (column.isEmpty()) {
            if (!value.isEmpty() || !restored.isEmpty()) {
                throw new ConfigException(DELETED_COLUMN, "", "is missing; name the column that marks deleted rows");
            }
            return Optional.empty();
        }
        if (value.isEmpty()) {
            throw new ConfigException(
                    DELETED_VALUE, "", "is missing; name the value of " + column + " that marks a row");
        }
        return Optional.of(
                new SoftDeleteDefinition(column, value, restored.isEmpty() ? Optional.empty() : Optional.of(restored)));
    }
}
