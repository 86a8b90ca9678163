package io.tandem.connect.sink;

import io.tandem.connect.record.SemanticTypes;
import io.tandem.connect.sink.Fault.Place;
import io.tandem.connect.sink.RawRecord.Part;
import io.tandem.testbed.Vendor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** What can be wrong with the data of a record: its columns, those of its address, the array of addresses. */
final class DataFaults {

    private static final String SECRET = RawRecord.SECRET;
    private static final List<String> WHOLE_NUMBERS = List.of("boolean", "int8", "int32", "int64");

    private final Vendor vendor;
    private final List<Fault> faults = new ArrayList<>();

    private DataFaults(Vendor vendor) {
        this.vendor = vendor;
    }

    /** The columns that the table needs for these faults, besides those that it has. */
    static List<String> columns(Vendor vendor) {
        boolean postgres = vendor == Vendor.POSTGRESQL;
        return List.of(
                "amount DECIMAL(10,2)",
                "ratio " + (postgres ? "DOUBLE PRECISION" : "DOUBLE"),
                "born DATE",
                "seen " + (postgres ? "TIMESTAMP(3)" : "DATETIME(3)"),
                "small SMALLINT",
                "code CHAR(3)",
                "doc " + (postgres ? "BYTEA" : "VARBINARY(8)"));
    }

    static List<Fault> all(Vendor vendor) {
        DataFaults all = new DataFaults(vendor);
        all.types();
        all.values();
        all.addresses();
        all.refusedByTheDatabase();
        return all.faults;
    }

    private void add(String name, Place place, String told, Consumer<RawRecord> breaks) {
        faults.add(new Fault(name, place, told, breaks));
    }

    private void column(String name, String column, Part part) {
        add(name, Place.DATA, "column " + column + " of", record -> record.data(column, part));
    }

    private void types() {
        Map<String, List<String>> fitting = new LinkedHashMap<>();
        fitting.put(
                "name",
                List.of(
                        "text",
                        "int8",
                        "int32",
                        "int64",
                        "huge decimal",
                        "decimal of another scale",
                        "decimal with a huge exponent"));
        fitting.put("counter", WHOLE_NUMBERS);
        fitting.put("small", List.of("boolean", "int8"));
        fitting.put("amount", List.of("boolean", "int8"));
        fitting.put(
                "ratio", List.of("int8", "int32", "int64", "fraction", "float32", "NaN", "infinity", "minus infinity"));
        fitting.put("born", List.of("date"));
        fitting.put("seen", List.of());
        fitting.put(
                "code",
                List.of(
                        "text",
                        "int8",
                        "int32",
                        "int64",
                        "huge decimal",
                        "decimal of another scale",
                        "decimal with a huge exponent"));
        fitting.put("doc", List.of("bytes"));
        fitting.forEach((column, types) ->
                WrongTypes.except(types).forEach((type, part) -> column(column + " is " + type, column, part)));
    }

    private void values() {
        column("a name that must be there is null", "name", Part.text(null));
        column("a counter that must be there is null", "counter", Part.number(null));
        column("a number too large for small", "small", Part.number(40_000L));
        column("a number too small for small", "small", Part.number(Long.MIN_VALUE));
        column("a decimal with three places", "amount", new Part(Decimal.schema(3), new BigDecimal("1.001")));
        column(
                "a decimal that is not of its schema's scale",
                "amount",
                new Part(Decimal.schema(2), new BigDecimal("1.001")));
        column(
                "a decimal with too many digits",
                "amount",
                new Part(Decimal.schema(2), new BigDecimal("987654321012345.00")));
        column("a fraction for a whole number", "counter", new Part(Decimal.schema(1), new BigDecimal("1.5")));
        column("a number written as text, not plain", "counter", Part.text("+1"));
        column("a number written as text, with blanks", "counter", Part.text(" 1"));
        column("a number written as text, empty", "counter", Part.text(""));
        column("a date with a time of day", "born", new Part(org.apache.kafka.connect.data.Date.SCHEMA, new Date(1)));
        Schema local = SemanticTypes.int64(SemanticTypes.LOCAL_MICRO_TIMESTAMP).build();
        column("a time finer than the column", "seen", new Part(local, 1L));
        for (String half :
                List.of("\ud800", "\udc00", "a\ud800b", "\udc00\ud800", "\ud83d", "x".repeat(5) + "\udfff")) {
            String codes = half.chars().mapToObj(Integer::toHexString).toList().toString();
            column("a name with half a character " + codes, "name", Part.text(half));
            column("a note with half a character " + codes, "note", Part.text(half));
        }
        column("a code that ends in blanks", "code", Part.text("a  "));
        column("a name too long by blanks", "name", Part.text(SECRET + " ".repeat(30)));
        add(
                "a column that the table has not",
                Place.DATA,
                "no such column",
                record -> record.data("nickname", Part.text(SECRET)));
        add(
                "a column in the wrong case",
                Place.DATA,
                "no such column",
                record -> record.data("NAME", Part.text(SECRET)));
        add(
                "a column with a name like SQL",
                Place.DATA,
                "no such column",
                record -> record.data("name\"; DROP TABLE customer; --", Part.text(SECRET)));
    }

    private void addresses() {
        WrongTypes.except(List.of(
                        "text",
                        "int8",
                        "int32",
                        "int64",
                        "huge decimal",
                        "decimal of another scale",
                        "decimal with a huge exponent"))
                .forEach((type, part) -> add(
                        "city is " + type, Place.ADDRESS, "column city of", record -> record.address("city", part)));
        WrongTypes.except(WHOLE_NUMBERS)
                .forEach((type, part) -> add(
                        "the address's id is " + type,
                        Place.ADDRESS,
                        "column id of",
                        record -> record.address("id", part)));
        add(
                "a city that must be there is null",
                Place.ADDRESS,
                "column city of",
                record -> record.address("city", Part.text(null)));
        add(
                "a city with half a character",
                Place.ADDRESS,
                "column city of",
                record -> record.address("city", Part.text("a\ud800")));
        add("an address whose id is null", Place.ADDRESS, "id", record -> record.address("id", Part.number(null)));
        add("an address without id", Place.ADDRESS, "lack id", record -> record.withoutAddress("id"));
        add(
                "an address with a column that the table has not",
                Place.ADDRESS,
                "no such column",
                record -> record.address("zip", Part.text(SECRET)));
        add("two addresses with one id", Place.ADDRESS, "two rows of address", RawRecord::addressTwice);
        add("an address that is null", Place.ADDRESS, "the array address", RawRecord::nullAddress);
        WrongTypes.except(List.of())
                .forEach((type, part) -> add(
                        "instead of addresses " + type,
                        Place.DATA,
                        "not an array of structs",
                        record -> record.data("address", part)));
        WrongTypes.except(List.of("struct"))
                .forEach((type, part) -> add(
                        "instead of addresses an array of " + type,
                        Place.DATA,
                        "not an array of structs",
                        record -> record.data(
                                "address",
                                new Part(SchemaBuilder.array(part.schema()).build(), List.of(part.value())))));
        Schema row = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("city", Schema.STRING_SCHEMA)
                .build();
        add(
                "null instead of addresses",
                Place.DATA,
                "the field address is null",
                record -> record.data(
                        "address", new Part(SchemaBuilder.array(row).optional().build(), null)));
    }

    /** What no calendar of the database reaches: one of them has limits that are known, the other one says so itself. */
    private void beyondTheCalendar(String name, String column, Part part) {
        if (vendor == Vendor.POSTGRESQL) {
            database(name, column, part);
        } else {
            column(name, column, part);
        }
    }

    private void database(String name, String column, Part part) {
        add(name, Place.DATABASE, "does not fit the table", record -> record.data(column, part));
    }

    private void refusedByTheDatabase() {
        database("a name longer than the column", "name", Part.text(SECRET + "x".repeat(20)));
        database("a name of one million characters", "name", Part.text(SECRET + "x".repeat(1_000_000)));
        database("a note of one million characters", "note", Part.text("\ud83d\ude00".repeat(500_000)));
        database("a code longer than the column", "code", Part.text(SECRET));
        Schema local = SemanticTypes.int64(SemanticTypes.LOCAL_MICRO_TIMESTAMP).build();
        beyondTheCalendar(
                "a date beyond all calendars",
                "born",
                new Part(org.apache.kafka.connect.data.Date.SCHEMA, new Date(86_400_000L * 100_000_000_000L)));
        beyondTheCalendar("a time far in the past", "seen", new Part(local, Long.MIN_VALUE - Long.MIN_VALUE % 1000));
        if (vendor == Vendor.POSTGRESQL) {
            database("a NUL in the name", "name", Part.text("a\u0000b"));
            database("a NUL in the note", "note", Part.text("\u0000"));
        } else {
            database("bytes longer than the column", "doc", WrongTypes.of("bytes"));
        }
        add(
                "a city longer than the column",
                Place.DATABASE,
                "does not fit the table",
                record -> record.address("city", Part.text(SECRET + "x".repeat(20))));
    }
}
