package io.tandem.distribution;

import static io.tandem.distribution.SampledType.Form.ADDRESS;
import static io.tandem.distribution.SampledType.Form.BITS;
import static io.tandem.distribution.SampledType.Form.BYTES;
import static io.tandem.distribution.SampledType.Form.DATE;
import static io.tandem.distribution.SampledType.Form.FLOAT;
import static io.tandem.distribution.SampledType.Form.INSTANT;
import static io.tandem.distribution.SampledType.Form.NUMBER;
import static io.tandem.distribution.SampledType.Form.NUMBERS;
import static io.tandem.distribution.SampledType.Form.TEXT;
import static io.tandem.distribution.SampledType.Form.TEXTS;
import static io.tandem.distribution.SampledType.Form.TIME;
import static io.tandem.distribution.SampledType.Form.TIMESTAMP;
import static io.tandem.distribution.SampledType.Form.TRUTH;

import io.tandem.distribution.SampledType.Form;
import java.util.List;
import java.util.stream.Stream;

/** One pair of columns for each type that both databases can hold, with values at the extremes. */
final class SampledTypes {

    private static final String INT = "\"int\"";
    private static final String LONG = "\"long\"";
    private static final String STRING = "\"string\"";
    private static final String BINARY = "\"bytes\"";

    private static final String WORDS = "{\"type\": \"enum\", \"name\": \"Mood\", \"symbols\": [\"SAD\", \"HAPPY\"]}";

    static final List<SampledType> ALL = Stream.of(numbers(), texts(), binaries(), times(), arrays(), textForms())
            .flatMap(List::stream)
            .toList();

    private SampledTypes() {}

    private static SampledType of(
            String column, String canonical, String legacy, String modern, Form form, String... values) {
        return new SampledType(column, canonical, legacy, modern, form, List.of(values));
    }

    private static List<SampledType> numbers() {
        return List.of(
                of("v_tiny", INT, "TINYINT", "smallint", NUMBER, "-128", "127", "0"),
                of("v_tiny_unsigned", INT, "TINYINT UNSIGNED", "smallint", NUMBER, "0", "255"),
                of("v_small", INT, "SMALLINT", "smallint", NUMBER, "-32768", "32767", "0"),
                of("v_small_unsigned", INT, "SMALLINT UNSIGNED", "integer", NUMBER, "0", "65535"),
                of("v_medium", INT, "MEDIUMINT", "integer", NUMBER, "-8388608", "8388607"),
                of("v_int", INT, "INT", "integer", NUMBER, "-2147483648", "2147483647", "0"),
                of("v_int_unsigned", LONG, "INT UNSIGNED", "bigint", NUMBER, "0", "4294967295"),
                of("v_big", LONG, "BIGINT", "bigint", NUMBER, "-9223372036854775808", "9223372036854775807", "0"),
                of(
                        "v_big_unsigned",
                        decimal(20, 0),
                        "BIGINT UNSIGNED",
                        "numeric(20,0)",
                        NUMBER,
                        "0",
                        "18446744073709551615",
                        "9223372036854775808"),
                of("v_year", INT, "YEAR", "smallint", NUMBER, "1901", "2155", "2024"),
                of(
                        "v_decimal_38",
                        decimal(38, 10),
                        "DECIMAL(38,10)",
                        "numeric(38,10)",
                        NUMBER,
                        "-" + "9".repeat(28) + ".9999999999",
                        "9".repeat(28) + ".9999999999",
                        "0.0000000001",
                        "0.0000000000"),
                of(
                        "v_decimal_65",
                        decimal(65, 30),
                        "DECIMAL(65,30)",
                        "numeric(65,30)",
                        NUMBER,
                        "-" + "9".repeat(35) + "." + "9".repeat(30),
                        "9".repeat(35) + "." + "9".repeat(30)),
                of("v_money", decimal(19, 2), "DECIMAL(19,2)", "money", NUMBER, "-92233720368547758.08", "0.00"),
                of("v_float", "\"float\"", "FLOAT", "real", FLOAT, "0.1", "-1.2345678", "16777216", "1e-30", "0"),
                of("v_double", "\"double\"", "DOUBLE", "float8", FLOAT, "0.1", "-1.2345678901234567", "1e-300", "0"),
                of("v_boolean", "\"boolean\"", "TINYINT(1)", "boolean", TRUTH, "0", "1"),
                of("v_bit", "\"boolean\"", "BIT(1)", "boolean", TRUTH, "1", "0"));
    }

    private static String decimal(int precision, int scale) {
        return "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": " + precision + ", \"scale\": "
                + scale + "}";
    }

    private static List<SampledType> texts() {
        String mixed = "é ß 漢字 😀 \\ ' \" % ?:x {a} NULL ";
        return List.of(
                of(
                        "v_char",
                        STRING,
                        "CHAR(10)",
                        "char(10)",
                        TEXT,
                        "",
                        "a",
                        "0123456789",
                        "😀😀😀😀😀😀😀😀😀😀",
                        "a\tb"),
                of("v_varchar", STRING, "VARCHAR(50)", "varchar(50)", TEXT, "", " ", "a ", mixed, "😀".repeat(50)),
                of("v_latin", STRING, "VARCHAR(20) CHARACTER SET latin1", "varchar(20)", TEXT, "é ß Ü", "", "€"),
                of("v_text", STRING, "LONGTEXT", "text", TEXT, "", mixed, "line\r\nline\t", "x".repeat(70_000)),
                of("v_enum", WORDS, "ENUM('SAD','HAPPY')", "all_types_mood", TEXT, "SAD", "HAPPY"),
                of("v_set", STRING, "SET('a','b','c')", "text", TEXT, "", "a,c", "a,b,c"),
                of(
                        "v_uuid",
                        "{\"type\": \"string\", \"logicalType\": \"uuid\"}",
                        "UUID",
                        "uuid",
                        TEXT,
                        "00000000-0000-0000-0000-000000000000",
                        "ffffffff-ffff-ffff-ffff-ffffffffffff",
                        "3f2504e0-4f89-11d3-9a0c-0305e82c3301"));
    }

    private static List<SampledType> binaries() {
        return List.of(
                of("v_bits", BINARY, "BIT(12)", "bytea", BITS, "0000", "0FFF", "0801"),
                of("v_binary", BINARY, "BINARY(4)", "bytea", BYTES, "00000000", "FFFFFFFF", "20002000"),
                of("v_varbinary", BINARY, "VARBINARY(300)", "bytea", BYTES, "", "00", "FF00205C27", "20"),
                of("v_blob", BINARY, "LONGBLOB", "bytea", BYTES, "", "00FF".repeat(40_000)),
                of(
                        "v_point",
                        BINARY,
                        "POINT",
                        "bytea",
                        BYTES,
                        "E6100000" + "0101000000" + "000000000000F03F" + "00000000000000C0",
                        "00000000" + "0101000000" + "0000000000000000" + "0000000000000080"));
    }

    private static List<SampledType> times() {
        return List.of(
                of(
                        "v_date",
                        "{\"type\": \"int\", \"logicalType\": \"date\"}",
                        "DATE",
                        "date",
                        DATE,
                        "0001-01-01",
                        "9999-12-31",
                        "1582-10-10",
                        "2024-02-29",
                        "1900-02-28",
                        "1969-12-31"),
                of(
                        "v_time",
                        "{\"type\": \"long\", \"logicalType\": \"time-micros\"}",
                        "TIME(6)",
                        "time",
                        TIME,
                        "00:00:00",
                        "23:59:59.999999",
                        "02:30:00.000001"),
                of(
                        "v_timestamp",
                        "{\"type\": \"long\", \"logicalType\": \"local-timestamp-micros\"}",
                        "DATETIME(6)",
                        "timestamp",
                        TIMESTAMP,
                        "0001-01-01 00:00:00",
                        "9999-12-31 23:59:59.999999",
                        "1582-10-10 01:02:03.000004",
                        "2024-03-31 02:30:00",
                        "2024-10-27 02:30:00",
                        "1969-12-31 23:59:59.999999"),
                of(
                        "v_instant",
                        "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}",
                        "TIMESTAMP(6) NULL",
                        "timestamptz",
                        INSTANT,
                        "1970-01-01T00:00:01Z",
                        "2038-01-19T03:14:07.999999Z",
                        "2024-10-27T00:30:00.000001Z",
                        "2024-10-27T01:30:00.000001Z",
                        "2024-03-31T01:30:00Z"));
    }

    private static List<SampledType> arrays() {
        return List.of(
                of(
                        "v_texts",
                        "{\"type\": \"array\", \"items\": [\"null\", \"string\"]}",
                        "LONGTEXT",
                        "text[]",
                        TEXTS,
                        "[]",
                        "[\"\"]",
                        "[\"a\",null,\"NULL\",\"{x,y}\",\"é 😀\"]"),
                of(
                        "v_numbers",
                        "{\"type\": \"array\", \"items\": \"int\"}",
                        "TEXT",
                        "integer[]",
                        NUMBERS,
                        "[-2147483648,0,2147483647]",
                        "[]"));
    }

    /** What only one of the two has travels as text; these texts are as the database itself spells them. */
    private static List<SampledType> textForms() {
        return List.of(
                of("v_numeric", STRING, "VARCHAR(300)", "numeric", TEXT, "NaN", "-0.0000001", "1.50", "9".repeat(200)),
                of("v_json", STRING, "JSON", "json", TEXT, "{\"b\":1,  \"a\":[null, \"😀\"]}", "{}"),
                of("v_jsonb", STRING, "LONGTEXT", "jsonb", TEXT, "{\"a\": [1, null, \"😀\"]}", "1.10"),
                of("v_inet", STRING, "INET6", "inet", ADDRESS, "::", "2001:db8::ff00:42:8329"),
                of("v_cidr", STRING, "VARCHAR(50)", "cidr", TEXT, "10.0.0.0/8", "2001:db8::/32"),
                of("v_interval", STRING, "VARCHAR(60)", "interval", TEXT, "1 year 2 mons 03:04:05.000006", "-1 days"),
                of("v_timetz", STRING, "VARCHAR(30)", "timetz", TEXT, "12:00:00+02", "24:00:00-05:30"),
                of("v_xml", STRING, "TEXT", "xml", TEXT, "<a b=\"c\">d</a>"),
                of("v_bit_string", STRING, "VARCHAR(9)", "bit(5)", TEXT, "10101", "00000"),
                of("v_range", STRING, "VARCHAR(50)", "int4range", TEXT, "[1,5)", "empty", "(,)"),
                of("v_macaddr", STRING, "CHAR(17)", "macaddr", TEXT, "08:00:2b:01:02:03"));
    }
}
