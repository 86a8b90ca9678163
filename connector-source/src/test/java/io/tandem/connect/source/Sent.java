package io.tandem.connect.source;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** A record as the tests look at it. */
record Sent(SourceRecord record) {

    private Struct value() {
        return (Struct) record.value();
    }

    Object id() {
        return ((Struct) record.key()).get("id");
    }

    Map<String, Long> clock() {
        return value().getMap("clock");
    }

    long own() {
        return Objects.requireNonNull(clock().get("legacy"));
    }

    long timestamp() {
        return value().getInt64("timestamp");
    }

    String writer() {
        return value().getString("writer");
    }

    boolean deleted() {
        return value().getBoolean("deleted");
    }

    boolean hasData() {
        return value().getStruct("data") != null;
    }

    /** The version, as text. */
    String version() {
        return clock() + "@" + timestamp() + " by " + writer();
    }

    Struct data() {
        return Objects.requireNonNull(value().getStruct("data"));
    }

    List<Struct> addresses() {
        return data().<Struct>getArray("address");
    }

    /** Name, counter, then the addresses: {@code Ann 7 [11 Rome 7, 12 Oslo 7]}. */
    String text() {
        return data().get("name") + " " + data().get("counter")
                + addresses().stream()
                        .map(address -> address.get("id") + " " + address.get("city") + " " + address.get("counter"))
                        .collect(Collectors.joining(", ", " [", "]"));
    }

    @Override
    public String toString() {
        return id() + " " + version() + " " + (hasData() ? text() : "deleted");
    }
}
