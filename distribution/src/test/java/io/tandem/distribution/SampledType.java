package io.tandem.distribution;

import java.time.Instant;
import java.util.List;

/**
 * A type of both databases with values at its extremes.
 *
 * @param column the column's name, on both masters and in the canonical record
 * @param canonical the Avro type as JSON
 * @param legacy the column's type in MariaDB
 * @param modern the column's type in PostgreSQL
 * @param form how values are spelled and shown
 * @param values the same for both databases
 */
record SampledType(String column, String canonical, String legacy, String modern, Form form, List<String> values) {

    private static final String UTF8_AS_HEX = "upper(encode(convert_to(CAST(%s AS text), 'UTF8'), 'hex'))";

    /** How the values of a type are spelled in SQL, and how a query shows them alike on both masters. */
    enum Form {
        NUMBER("%s", "%s", "CAST(%s AS CHAR)", "CAST(CAST(%s AS numeric) AS text)"),
        FLOAT("%s", "%s", "CAST(CAST(%s AS DOUBLE) AS CHAR)", "replace(CAST(CAST(%s AS float8) AS text), 'e+', 'e')"),
        TRUTH("b'%s'", "CAST(%s AS boolean)", "CAST(%s + 0 AS CHAR)", "CAST(CAST(%s AS int) AS text)"),
        TEXT("'%s'", "'%s'", "HEX(CONVERT(%s USING utf8mb4))", UTF8_AS_HEX),
        // a cast of inet to text adds a mask, unlike its own spelling
        ADDRESS(
                "'%s'",
                "'%s'", "HEX(CONVERT(%s USING utf8mb4))", "upper(encode(convert_to(abbrev(%s), 'UTF8'), 'hex'))"),
        BYTES("x'%s'", "'\\x%s'", "HEX(%s)", "upper(encode(%s, 'hex'))"),
        // HEX of a BIT is that of a number
        BITS("x'%s'", "'\\x%s'", "LPAD(HEX(%s), 4, '0')", "upper(encode(%s, 'hex'))"),
        // spelled as JSON; MariaDB keeps it as text
        TEXTS(
                "'%s'",
                "ARRAY(SELECT jsonb_array_elements_text('%s'))",
                "HEX(CONVERT(%s USING utf8mb4))",
                "upper(encode(convert_to(CAST(array_to_json(%s) AS text), 'UTF8'), 'hex'))"),
        NUMBERS(
                "'%s'",
                "CAST(ARRAY(SELECT jsonb_array_elements_text('%s')) AS integer[])",
                "HEX(CONVERT(%s USING utf8mb4))",
                "upper(encode(convert_to(CAST(array_to_json(%s) AS text), 'UTF8'), 'hex'))"),
        DATE("'%s'", "'%s'", "CAST(%s AS CHAR)", "to_char(%s, 'YYYY-MM-DD')"),
        TIME("'%s'", "'%s'", "CAST(%s AS CHAR)", "to_char(%s, 'HH24:MI:SS.US')"),
        TIMESTAMP("'%s'", "'%s'", "CAST(%s AS CHAR)", "to_char(%s, 'YYYY-MM-DD HH24:MI:SS.US')"),
        INSTANT(
                "FROM_UNIXTIME(%s)",
                "'%s'",
                "CAST(UNIX_TIMESTAMP(%s) AS CHAR)",
                "CAST(CAST(extract(epoch FROM %s) AS numeric(20,6)) AS text)");

        private final String legacyLiteral;
        private final String modernLiteral;
        private final String legacyShown;
        private final String modernShown;

        Form(String legacyLiteral, String modernLiteral, String legacyShown, String modernShown) {
            this.legacyLiteral = legacyLiteral;
            this.modernLiteral = modernLiteral;
            this.legacyShown = legacyShown;
            this.modernShown = modernShown;
        }
    }

    /** The value of a row as a literal of that master; fewer values than rows begin again. */
    String literal(boolean inLegacy, int row) {
        String value = values.get(row % values.size());
        String quoted = value.replace("'", "''");
        if (!inLegacy) {
            return form.modernLiteral.formatted(quoted);
        }
        if (form == Form.INSTANT) {
            Instant instant = Instant.parse(value);
            return form.legacyLiteral.formatted(
                    instant.getEpochSecond() + "." + "%06d".formatted(instant.getNano() / 1_000));
        }
        return form.legacyLiteral.formatted(quoted.replace("\\", "\\\\"));
    }

    /** What the mapping's rule says besides field and column. */
    String options(boolean inLegacy) {
        boolean json = inLegacy && (form == Form.TEXTS || form == Form.NUMBERS);
        return json ? ", \"format\": \"json\"" : "";
    }

    /** SQL that shows the value byte for byte. */
    String shown(boolean inLegacy) {
        return "COALESCE(" + (inLegacy ? form.legacyShown : form.modernShown).formatted(column) + ", 'NULL')";
    }
}
