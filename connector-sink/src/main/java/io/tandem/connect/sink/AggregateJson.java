package io.tandem.connect.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.sink.IncomingData.IncomingRow;
import io.tandem.connect.sink.IncomingData.IncomingRows;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whole aggregates as JSON for people and programs: one object per row, with the columns of the table by name and the rows
 * of each child collection as an array under the collection's name. Numbers are exact, binaries are base64, dates and times
 * are ISO-8601. Immutable and thread-safe.
 */
final class AggregateJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Aggregate aggregate;

    AggregateJson(Aggregate aggregate) {
        this.aggregate = aggregate;
    }

    /** What the database holds. */
    ObjectNode of(AggregateState state) {
        return of(state, Aggregate.ROOT);
    }

    private ObjectNode of(AggregateState state, int place) {
        ObjectNode object = columns(aggregate.table(place).columns(), state.root());
        int[] places = aggregate.childrenOf(place);
        for (int i = 0; i < state.children().size(); i++) {
            ArrayNode rows = object.putArray(aggregate.children().get(places[i]).name());
            for (AggregateState child : state.children().get(i)) {
                rows.add(of(child, places[i]));
            }
        }
        return object;
    }

    /** What a record carries; columns and collections that it lacks are missing. */
    ObjectNode of(IncomingData data) {
        ObjectNode object = columns(data.rootShape().columns(), data.root());
        addChildren(object, data.children(), Aggregate.ROOT);
        return object;
    }

    private void addChildren(ObjectNode object, List<@Nullable IncomingRows> collections, int place) {
        int[] places = aggregate.childrenOf(place);
        for (int i = 0; i < collections.size(); i++) {
            IncomingRows rows = collections.get(i);
            if (rows != null) {
                ArrayNode array =
                        object.putArray(aggregate.children().get(places[i]).name());
                for (IncomingRow row : rows.rows()) {
                    ObjectNode child = columns(rows.shape().columns(), row.values());
                    addChildren(child, row.children(), places[i]);
                    array.add(child);
                }
            }
        }
    }

    private static ObjectNode columns(List<Column> columns, Row row) {
        ObjectNode object = JSON.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            object.set(columns.get(i).name(), value(row.get(i)));
        }
        return object;
    }

    private static JsonNode value(@Nullable Object value) {
        if (value == null) {
            return JSON.nullNode();
        } else if (value instanceof Boolean bool) {
            return JSON.booleanNode(bool);
        } else if (value instanceof BigDecimal decimal) {
            return JSON.numberNode(decimal);
        } else if (value instanceof Double number) {
            return JSON.numberNode(number);
        } else if (value instanceof Float number) {
            return JSON.numberNode(number);
        } else if (value instanceof Number number) {
            return JSON.numberNode(number.longValue());
        } else if (value instanceof byte[] bytes) {
            return JSON.binaryNode(bytes);
        } else if (value instanceof List<?> list) {
            ArrayNode array = JSON.arrayNode();
            list.forEach(element -> array.add(value(element)));
            return array;
        }
        return JSON.textNode(value.toString());
    }

    /** Whether what a record carries is what the database holds, as far as the record carries anything. */
    static boolean sameData(JsonNode carried, JsonNode held) {
        if (carried.isObject() && held.isObject()) {
            return carried.properties().stream()
                    .allMatch(
                            field -> held.has(field.getKey()) && sameData(field.getValue(), held.get(field.getKey())));
        }
        if (carried.isArray() && held.isArray()) {
            return carried.size() == held.size() && sameElements(carried, held);
        }
        if (carried.isBigDecimal() && held.isBigDecimal()) {
            // 1.0 and 1.00
            return carried.decimalValue().compareTo(held.decimalValue()) == 0;
        }
        return carried.equals(held);
    }

    /** Rows of a collection are a set: the database gives them in an order of its own. */
    private static boolean sameElements(JsonNode carried, JsonNode held) {
        boolean[] taken = new boolean[held.size()];
        for (JsonNode one : carried) {
            int found = 0;
            while (found < taken.length && (taken[found] || !sameData(one, held.get(found)))) {
                found++;
            }
            if (found == taken.length) {
                return false;
            }
            taken[found] = true;
        }
        return true;
    }
}
