package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate.SoftDelete;
import io.tandem.connect.aggregate.AggregateDefinition.SoftDeleteDefinition;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Table;
import java.math.BigDecimal;
import java.util.List;

/** Reads the settings that say which root rows count as deleted. */
final class SoftDeleteResolver {

    private static final String COLUMN_SETTING = "aggregate.deleted.column";
    private static final String VALUE_SETTING = "aggregate.deleted.value";
    private static final String RESTORED_SETTING = "aggregate.deleted.restored";

    private SoftDeleteResolver() {}

    static SoftDelete resolve(Table root, List<Column> key, SoftDeleteDefinition definition) {
        Column column = TableLookup.columns(root, List.of(definition.column()), COLUMN_SETTING)
                .get(0);
        if (column.generated() || key.contains(column)) {
            throw new InvalidAggregateException(
                    COLUMN_SETTING,
                    "column " + column.name() + " of " + root.id()
                            + " is part of the key or computed by the database; name one that can be written");
        }
        Object deleted = value(root, column, definition.deleted(), VALUE_SETTING);
        return new SoftDelete(column, deleted, definition.restored().map(text -> {
            Object restored = value(root, column, text, RESTORED_SETTING);
            if (restored.equals(deleted)) {
                throw new InvalidAggregateException(
                        RESTORED_SETTING,
                        "a restored row would count as deleted again; give another value than that of '" + VALUE_SETTING
                                + "'");
            }
            return restored;
        }));
    }

    private static Object value(Table root, Column column, String text, String setting) {
        try {
            return switch (column.type().kind()) {
                case INT16 -> Short.valueOf(text);
                case INT32 -> Integer.valueOf(text);
                case INT64 -> Long.valueOf(text);
                case DECIMAL -> new BigDecimal(text).setScale(column.type().scale());
                case BOOLEAN -> bool(text);
                case STRING -> text;
                default -> throw new IllegalArgumentException("not a type to compare with");
            };
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InvalidAggregateException(
                    setting,
                    "'" + text + "' is no value of column " + column.name() + " of " + root.id() + ", which is "
                            + column.nativeType()
                            + "; expected a number, true or false, or a text, as the column holds it");
        }
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
