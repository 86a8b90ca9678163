package io.tandem.connect.sink;

import io.tandem.connect.record.AlignmentSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Builds a record of the master {@code legacy} about one account: it knows no key that a database has made up. */
final class AccountChange {

    private static final Schema KEY =
            SchemaBuilder.struct().field("account_no", Schema.INT32_SCHEMA).build();
    private static final Schema ADDRESS = SchemaBuilder.struct()
            .field("kind", Schema.STRING_SCHEMA)
            .field("city", Schema.STRING_SCHEMA)
            .build();
    private static final Schema DISCOUNT = SchemaBuilder.struct()
            .field("code", Schema.STRING_SCHEMA)
            .field("percent", Schema.INT32_SCHEMA)
            .build();
    private static final Schema PLAIN_LINE = SchemaBuilder.struct()
            .field("line_no", Schema.INT32_SCHEMA)
            .field("text", Schema.STRING_SCHEMA)
            .build();
    private static final Schema LINE = SchemaBuilder.struct()
            .field("line_no", Schema.INT32_SCHEMA)
            .field("text", Schema.STRING_SCHEMA)
            .field("discounts", SchemaBuilder.array(DISCOUNT).build())
            .build();

    private static final Schema PART =
            SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build();
    private static final Schema LINE_WITH_PARTS = SchemaBuilder.struct()
            .field("line_no", Schema.INT32_SCHEMA)
            .field("parts", SchemaBuilder.array(PART).build())
            .build();

    private final int number;
    private final long counter;
    private final @Nullable String name;
    private final List<Struct> addresses = new ArrayList<>();
    private final List<Struct> lines = new ArrayList<>();
    private boolean withAddresses;
    private Schema lineSchema = LINE;
    private long known;

    private AccountChange(int number, long counter, @Nullable String name) {
        this.number = number;
        this.counter = counter;
        this.name = name;
    }

    static AccountChange named(int number, long counter, String name) {
        return new AccountChange(number, counter, name);
    }

    static AccountChange deleted(int number, long counter) {
        return new AccountChange(number, counter, null);
    }

    /** How many writes of the receiving master the record knows. */
    AccountChange knowing(long writes) {
        known = writes;
        return this;
    }

    AccountChange address(String kind, String city) {
        withAddresses = true;
        addresses.add(new Struct(ADDRESS).put("kind", kind).put("city", city));
        return this;
    }

    /** A line; the discounts are codes, each of as many percent as it is long. */
    AccountChange line(int lineNumber, String text, String... codes) {
        List<Struct> discounts = new ArrayList<>();
        for (String code : codes) {
            discounts.add(new Struct(DISCOUNT).put("code", code).put("percent", code.length()));
        }
        lines.add(new Struct(LINE).put("line_no", lineNumber).put("text", text).put("discounts", discounts));
        return this;
    }

    /** A line of a record that does not carry the discounts of lines. */
    AccountChange plainLine(int lineNumber, String text) {
        lineSchema = PLAIN_LINE;
        lines.add(new Struct(PLAIN_LINE).put("line_no", lineNumber).put("text", text));
        return this;
    }

    /** A line of a record that carries nothing of lines but their parts. */
    AccountChange lineOfParts(int lineNumber, Integer... ids) {
        lineSchema = LINE_WITH_PARTS;
        lines.add(new Struct(LINE_WITH_PARTS)
                .put("line_no", lineNumber)
                .put(
                        "parts",
                        Stream.of(ids).map(id -> new Struct(PART).put("id", id)).toList()));
        return this;
    }

    SinkRecord record() {
        SchemaBuilder shape = SchemaBuilder.struct().optional().field("name", Schema.STRING_SCHEMA);
        if (withAddresses) {
            shape.field("addresses", SchemaBuilder.array(ADDRESS).build());
        }
        shape.field("lines", SchemaBuilder.array(lineSchema).build());
        Schema dataSchema = shape.build();
        Struct data = null;
        if (name != null) {
            data = new Struct(dataSchema).put("name", name).put("lines", lines);
            if (withAddresses) {
                data.put("addresses", addresses);
            }
        }
        Struct value = new Struct(AlignmentSchema.of("io.tandem.test.Account", dataSchema))
                .put(AlignmentSchema.MASTER, "legacy")
                .put(AlignmentSchema.CLOCK, Map.of("legacy", counter, "modern", known))
                .put(AlignmentSchema.TIMESTAMP, 1000 * counter)
                .put(AlignmentSchema.WRITER, "legacy")
                .put(AlignmentSchema.POLICY, "timestamp:legacy,modern")
                .put(AlignmentSchema.DELETED, data == null)
                .put(AlignmentSchema.DATA, data);
        Struct key = new Struct(KEY).put("account_no", number);
        return new SinkRecord("legacy.account", 0, KEY, key, value.schema(), value, counter);
    }
}
