package io.tandem.connect.database.dialect.mariadb;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import io.tandem.connect.aggregate.ColumnType.Symbols;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the types of MariaDB hold, and which of them can identify a row. */
final class MariaDbTypes {

    private static final int BITS_OF_A_BYTE = 8;
    private static final BigDecimal LARGEST_FLOAT = new BigDecimal(Float.MAX_VALUE);
    private static final BigDecimal LARGEST_DOUBLE = new BigDecimal(Double.MAX_VALUE);

    private MariaDbTypes() {}

    /** The type of a row of information_schema.COLUMNS. */
    static ColumnType type(ResultSet row) throws SQLException {
        String declared = row.getString("COLUMN_TYPE");
        boolean unsigned = declared.contains("unsigned");
        return switch (row.getString("DATA_TYPE").toLowerCase(Locale.ROOT)) {
            case "tinyint" -> integer(Kind.INT16, 8, unsigned);
            case "smallint" -> integer(unsigned ? Kind.INT32 : Kind.INT16, 16, unsigned);
            case "mediumint" -> integer(Kind.INT32, 24, unsigned);
            case "int" -> integer(unsigned ? Kind.INT64 : Kind.INT32, 32, unsigned);
            case "bigint" ->
                unsigned
                        ? new ColumnType(Kind.DECIMAL, 20, 0).within(BigDecimal.ZERO, ColumnType.unsignedMax(64))
                        : ColumnType.of(Kind.INT64);
            // 0 and 1901 to 2155, what lies between is refused by the server
            case "year" -> ColumnType.of(Kind.INT16).within(0, 2155);
            case "decimal" -> decimal(row.getInt("NUMERIC_PRECISION"), row.getInt("NUMERIC_SCALE"), unsigned);
            case "float" -> floating(Kind.FLOAT32, LARGEST_FLOAT, row, unsigned);
            case "double" -> floating(Kind.FLOAT64, LARGEST_DOUBLE, row, unsigned);
            case "bit" -> bits(row.getInt("NUMERIC_PRECISION"));
            case "binary" -> new ColumnType(Kind.BYTES, length(row), 0).padded();
            case "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
                new ColumnType(Kind.BYTES, length(row), 0);
            // the server's own form, the SRID included
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection" -> ColumnType.of(Kind.BYTES);
            case "date" -> years(ColumnType.of(Kind.DATE));
            case "time" -> ColumnType.time(Kind.TIME, row.getInt("DATETIME_PRECISION"));
            case "datetime" -> years(ColumnType.time(Kind.TIMESTAMP, row.getInt("DATETIME_PRECISION")));
            case "timestamp" -> years(ColumnType.time(Kind.INSTANT, row.getInt("DATETIME_PRECISION")));
            case "char" -> new ColumnType(Kind.STRING, length(row), 0).padded();
            case "enum" -> ColumnType.of(Kind.STRING).oneOf(words(declared));
            case "set" -> ColumnType.of(Kind.STRING).someOf(words(declared));
            default -> new ColumnType(Kind.STRING, length(row), 0);
        };
    }

    private static ColumnType integer(Kind kind, int bits, boolean unsigned) {
        ColumnType type = ColumnType.of(kind);
        return unsigned ? type.within(0, (1L << bits) - 1) : type.within(-(1L << (bits - 1)), (1L << (bits - 1)) - 1);
    }

    private static ColumnType decimal(int precision, int scale, boolean unsigned) {
        ColumnType type = new ColumnType(Kind.DECIMAL, precision, scale);
        return unsigned
                ? type.within(
                        BigDecimal.ZERO,
                        BigDecimal.TEN.pow(precision).subtract(BigDecimal.ONE).movePointLeft(scale))
                : type;
    }

    /** The server knows neither NaN nor the infinities; FLOAT(m,d) and DOUBLE(m,d) round to d digits. */
    private static ColumnType floating(Kind kind, BigDecimal largest, ResultSet row, boolean unsigned)
            throws SQLException {
        int scale = row.getInt("NUMERIC_SCALE");
        ColumnType type =
                row.wasNull() ? ColumnType.of(kind) : new ColumnType(kind, row.getInt("NUMERIC_PRECISION"), scale);
        return type.within(unsigned ? BigDecimal.ZERO : largest.negate(), largest);
    }

    private static ColumnType bits(int width) {
        return width == 1
                ? ColumnType.of(Kind.BOOLEAN)
                : new ColumnType(Kind.BYTES, (width + BITS_OF_A_BYTE - 1) / BITS_OF_A_BYTE, 0).padded();
    }

    private static ColumnType years(ColumnType type) {
        return type.within(0, 9999);
    }

    private static int length(ResultSet row) throws SQLException {
        return (int) Math.min(Integer.MAX_VALUE, row.getLong("CHARACTER_MAXIMUM_LENGTH"));
    }

    /** The words of {@code enum('a','it''s')}, which may hold commas, brackets and, after a backslash, anything. */
    private static List<String> words(String declared) {
        List<String> words = new ArrayList<>();
        int position = declared.indexOf('\'');
        while (position >= 0) {
            StringBuilder word = new StringBuilder();
            int next = position + 1;
            while (declared.charAt(next) != '\'' || declared.startsWith("''", next)) {
                boolean escaped = declared.charAt(next) == '\\';
                next += escaped || declared.charAt(next) == '\'' ? 1 : 0;
                word.append(escaped ? unescaped(declared.charAt(next)) : declared.charAt(next));
                next++;
            }
            words.add(word.toString());
            position = declared.indexOf('\'', next + 1);
        }
        return words;
    }

    private static char unescaped(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case '0' -> '\0';
            case 'Z' -> '\032';
            default -> letter;
        };
    }

    /** Why values of a column may be equal or in order for the server, but not for us. */
    static Optional<String> objectionToKey(Column column) {
        ColumnType type = column.type();
        if (type.kind().isFloat()) {
            return Optional.of("floating point numbers do not compare exactly; give it another type, such as DECIMAL");
        }
        if (column.castType().equals("bit") && type.kind() == Kind.BYTES) {
            return Optional.of("bits do not compare with bytes; give it another type, such as BIGINT UNSIGNED");
        }
        @Nullable Symbols symbols = type.symbols();
        if (symbols != null && (symbols.several() || !symbols.words().equals(sorted(symbols.words())))) {
            return Optional.of("its type sorts by the places of its words, not by their letters; declare the words of "
                    + "an ENUM in alphabetical order, or give the column another type");
        }
        return objectionToCollation(column);
    }

    private static List<String> sorted(List<String> words) {
        return words.stream().sorted().toList();
    }

    /** The default collations ignore upper and lower case, and accents. */
    private static Optional<String> objectionToCollation(Column column) {
        int collate = column.nativeType().lastIndexOf(" COLLATE ");
        return collate < 0 || column.nativeType().endsWith("_bin")
                ? Optional.empty()
                : Optional.of("its collation" + column.nativeType().substring(collate + " COLLATE".length())
                        + " takes texts for equal that are spelled differently; give it one that ends in _bin");
    }
}
