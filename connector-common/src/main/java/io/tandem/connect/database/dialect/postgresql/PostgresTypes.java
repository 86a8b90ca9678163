package io.tandem.connect.database.dialect.postgresql;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the types of PostgreSQL hold, and which of them can identify a row. */
final class PostgresTypes {

    /** In a native type, stands before a collation that takes different texts for equal. */
    static final String COLLATE = " COLLATE ";

    private static final Set<String> LOOSELY_COMPARED =
            Set.of("numeric", "bpchar", "citext", "interval", "jsonb", "numrange", "nummultirange");

    private static final int VARIABLE_HEADER = 4;
    private static final int MICROSECONDS = 6;
    private static final int MONEY_DIGITS = 19;

    private PostgresTypes() {}

    /** The type of a row of the catalog's query for columns. */
    static ColumnType type(ResultSet row) throws SQLException {
        Array symbols = row.getArray("symbols");
        if (symbols != null) {
            return ColumnType.of(Kind.STRING).oneOf(List.of((String[]) symbols.getArray()));
        }
        String element = row.getString("element");
        int modifier = row.getInt("atttypmod");
        if (element != null && row.getInt("attndims") <= 1) {
            return ColumnType.array(scalar(element, modifier));
        }
        return row.getString("typname").equals("money")
                ? new ColumnType(Kind.DECIMAL, MONEY_DIGITS, row.getInt("money_scale"))
                : scalar(row.getString("typname"), modifier);
    }

    /** Whatever has no kind of its own travels as PostgreSQL's text form, which every type has, both ways. */
    private static ColumnType scalar(String typeName, int modifier) {
        return switch (typeName) {
            case "int2" -> ColumnType.of(Kind.INT16);
            case "int4" -> ColumnType.of(Kind.INT32);
            case "int8" -> ColumnType.of(Kind.INT64);
            case "float4" -> ColumnType.of(Kind.FLOAT32);
            case "float8" -> ColumnType.of(Kind.FLOAT64);
            case "bool" -> ColumnType.of(Kind.BOOLEAN);
            case "bytea" -> ColumnType.of(Kind.BYTES);
            case "date" -> ColumnType.of(Kind.DATE);
            case "time" -> ColumnType.time(Kind.TIME, digits(modifier));
            case "timestamp" -> ColumnType.time(Kind.TIMESTAMP, digits(modifier));
            case "timestamptz" -> ColumnType.time(Kind.INSTANT, digits(modifier));
            case "numeric" -> modifier < VARIABLE_HEADER ? ColumnType.of(Kind.STRING) : decimal(modifier);
            case "varchar" -> new ColumnType(Kind.STRING, Math.max(0, modifier - VARIABLE_HEADER), 0);
            case "bpchar" ->
                modifier < VARIABLE_HEADER
                        ? ColumnType.of(Kind.STRING)
                        : new ColumnType(Kind.STRING, modifier - VARIABLE_HEADER, 0).padded();
            default -> ColumnType.of(Kind.STRING);
        };
    }

    private static int digits(int modifier) {
        return modifier < 0 ? MICROSECONDS : modifier;
    }

    /** How numeric packs precision and scale, see numeric_typmod_precision and _scale in its source. */
    private static ColumnType decimal(int modifier) {
        int packed = modifier - VARIABLE_HEADER;
        int scale = ((packed & 0x7ff) ^ 1024) - 1024;
        return new ColumnType(Kind.DECIMAL, (packed >> 16) & 0xffff, scale);
    }

    /** Why values of a column may be equal for the server, but not for us. */
    static Optional<String> objectionToKey(Column column) {
        Kind kind = column.type().kind();
        if (kind.isFloat()) {
            return Optional.of("floating point numbers do not compare exactly; give it another type, such as numeric "
                    + "with a scale");
        }
        if (kind == Kind.ARRAY || column.castType().endsWith("[]")) {
            return Optional.of("it is an array; give it another type");
        }
        if (column.castType().equals("money")) {
            return Optional.of("what money means depends on lc_monetary; give it the type numeric with a scale");
        }
        int collate = column.nativeType().indexOf(COLLATE);
        if (collate >= 0) {
            return Optional.of("its collation" + column.nativeType().substring(collate + COLLATE.length() - 1)
                    + " takes texts for equal that are spelled differently; give it a deterministic one");
        }
        String type = column.castType().substring(column.castType().lastIndexOf('.') + 1);
        boolean loose = kind == Kind.STRING && !column.type().fixedLength() && LOOSELY_COMPARED.contains(type);
        return loose
                ? Optional.of("values of type " + column.nativeType() + " may be equal although they are spelled "
                        + "differently; give it another type (numeric: with a scale, citext: text)")
                : Optional.empty();
    }
}
