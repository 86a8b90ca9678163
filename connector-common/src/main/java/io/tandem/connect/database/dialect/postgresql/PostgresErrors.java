package io.tandem.connect.database.dialect.postgresql;

import io.tandem.connect.database.ErrorKind;
import io.tandem.connect.database.dialect.ErrorDialect;
import java.sql.SQLException;

/** By SQLState, see "PostgreSQL Error Codes" in its manual. */
final class PostgresErrors implements ErrorDialect {

    @Override
    public ErrorKind classify(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return switch (state) {
            case "40001", "40P01", "55P03" -> ErrorKind.LOCK;
            case "57P01", "57P02", "57P03", "57014", "25006" -> ErrorKind.UNAVAILABLE;
            case "23505" -> ErrorKind.DUPLICATE_KEY;
            case "23503" -> ErrorKind.FOREIGN_KEY;
            default -> byClass(state);
        };
    }

    private static ErrorKind byClass(String state) {
        if (state.startsWith("08") || state.startsWith("53") || state.startsWith("58")) {
            return ErrorKind.UNAVAILABLE;
        }
        if (state.startsWith("28") || state.equals("3D000")) {
            return ErrorKind.ACCESS;
        }
        return state.startsWith("22") || state.startsWith("23") ? ErrorKind.DATA : ErrorKind.OTHER;
    }
}
