package io.tandem.connect.aggregate;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values that identify one aggregate on this master, in the order of the key columns. Values are the Java values of
 * {@link ColumnType}, so that equal keys of the database are equal here. Immutable; made to be looked up in maps, so its
 * hash is computed once.
 */
public final class AggregateKey {

    private final List<Object> values;
    private final int hash;

    /**
     * A key.
     *
     * @param values no null among them; copied
     */
    public AggregateKey(List<Object> values) {
        this.values = List.copyOf(values);
        this.hash = hash(this.values);
    }

    /**
     * A key.
     *
     * @param values no null among them; copied
     */
    public static AggregateKey of(Object... values) {
        return new AggregateKey(List.of(values));
    }

    private static int hash(List<Object> values) {
        int hash = 1;
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            hash = 31 * hash + (value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value.hashCode());
        }
        return hash;
    }

    /** The values, none of them null; immutable. */
    public List<Object> values() {
        return values;
    }

    /** Equal if all values are; byte arrays go by content. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof AggregateKey key) || hash != key.hash || values.size() != key.values.size()) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            if (!isSame(values.get(i), key.values.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(Object one, Object other) {
        return one instanceof byte[] bytes
                ? other instanceof byte[] others && Arrays.equals(bytes, others)
                : one.equals(other);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** For people; keys, unlike row data, may be logged: {@code 4711} or {@code (4711, 2)}. */
    @Override
    public String toString() {
        return values.size() == 1
                ? text(values.get(0))
                : values.stream().map(AggregateKey::text).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }
}
