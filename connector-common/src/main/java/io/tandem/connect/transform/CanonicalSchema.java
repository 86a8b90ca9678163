package io.tandem.connect.transform;

import io.tandem.connect.record.AlignmentSchema;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;

/**
 * The schema that all masters agree on: an Avro record with the property {@code "key"}, and what it is in Connect. It
 * depends on nothing but the Avro text, so every master publishes the very same schemas. Immutable and thread-safe.
 */
public final class CanonicalSchema {

    private final Schema data;
    private final Schema key;
    private final Schema value;
    private final List<String> keyFields;
    private final Map<String, List<String>> orders;
    private final Map<String, Set<String>> symbols;
    private final Map<String, Integer> maxLengths;

    CanonicalSchema(
            Schema data,
            Schema key,
            List<String> keyFields,
            Map<String, List<String>> orders,
            Map<String, Set<String>> symbols,
            Map<String, Integer> maxLengths) {
        this.data = data;
        this.key = key;
        this.value = AlignmentSchema.of(data.name() + "Alignment", data);
        this.keyFields = List.copyOf(keyFields);
        this.orders = Map.copyOf(orders);
        this.symbols = Map.copyOf(symbols);
        this.maxLengths = Map.copyOf(maxLengths);
    }

    /**
     * Reads an Avro schema ({@code .avsc}).
     *
     * @throws ConfigException if it is none, or holds a type that isn't supported; the message names the field
     */
    public static CanonicalSchema parse(String avsc) {
        return new AvroReader().read(avsc);
    }

    /** The schema of the aggregate, an optional struct. */
    public Schema data() {
        return data;
    }

    /** The schema of the record's key, a struct of required fields. */
    public Schema key() {
        return key;
    }

    /** The schema of the record's value, see {@link AlignmentSchema}. */
    public Schema value() {
        return value;
    }

    /** The names of the fields that make the key, in their order. */
    public List<String> keyFields() {
        return keyFields;
    }

    /**
     * The fields by which the elements of a collection are in order.
     *
     * @param collection the dotted path of the collection
     * @return names of the element's fields, empty if the order is the one that the rows came in
     */
    public List<String> order(String collection) {
        return orders.getOrDefault(collection, List.of());
    }

    /**
     * What a field may hold if it is an enum.
     *
     * @param path the dotted path of the field; collections add nothing but their name
     * @return the symbols, empty if the field is no enum
     */
    public Set<String> symbols(String path) {
        return symbols.getOrDefault(path, Set.of());
    }

    /**
     * How long a text or a binary may be by the schema's own property {@code "maxLength"}. Avro knows no lengths: nothing
     * enforces it but the tables, so it only serves to compare them before the first record.
     *
     * @param path the dotted path of the field; collections add nothing but their name
     * @return characters or bytes, empty if the schema does not say
     */
    public OptionalInt maxLength(String path) {
        Integer length = maxLengths.get(path);
        return length == null ? OptionalInt.empty() : OptionalInt.of(length);
    }
}
