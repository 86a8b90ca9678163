package io.tandem.connect.database.dialect.mariadb;

import io.tandem.connect.database.ErrorKind;
import io.tandem.connect.database.dialect.ErrorDialect;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By vendor code where the SQLState is too coarse (all constraints are 23000), see "MariaDB Error Codes". */
final class MariaDbErrors implements ErrorDialect {

    // by its words, since a trigger of the application can raise any code with words of its own
    private static final Pattern NAMING_NO_VALUE = Pattern.compile("Column '[^']+' cannot be null"
            + "|Field '[^']+' doesn't have a default value"
            + "|Data too long for column '[^']+'"
            + "|Data truncated for column '[^']+'"
            + "|Out of range value for column '[^']+'"
            + "|CONSTRAINT `[^`]+` failed for `[^`]+`.`[^`]+`");

    private static final Pattern CONSTRAINT =
            Pattern.compile("(?:(?s:.*) for key '|\\(`[^`]+`\\.`[^`]+`, CONSTRAINT `)([^'`]+)['`]");

    @Override
    public ErrorKind classify(SQLException error) {
        return switch (error.getErrorCode()) {
            // lock wait timeout, deadlock, row or table changed since the snapshot, out of time
            case 1205, 1213, 1020, 1412, 1969 -> ErrorKind.LOCK;
            // shutdown in progress, query or connection killed, too many connections, disk full, table full (for
            // InnoDB a full disk too), read-only
            case 1053, 1317, 1927, 1040, 1203, 1226, 1021, 1114, 1290 -> ErrorKind.UNAVAILABLE;
            case 1062, 1586 -> ErrorKind.DUPLICATE_KEY;
            case 1216, 1217, 1451, 1452 -> ErrorKind.FOREIGN_KEY;
            // truncated, out of range, null, bad text, too long, CHECK, no default, raised by a trigger of the
            // application
            case 1048, 1264, 1265, 1292, 1364, 1366, 1406, 4025, 1644 -> ErrorKind.DATA;
            // no such column, no such table
            case 1054, 1146 -> ErrorKind.OUTDATED;
            case 1044, 1045, 1049, 1698 -> ErrorKind.ACCESS;
            default -> byState(error.getSQLState() == null ? "" : error.getSQLState());
        };
    }

    /** NOT NULL, CHECK, too long, out of range. */
    @Override
    public Optional<String> place(SQLException error) {
        Matcher words = NAMING_NO_VALUE.matcher(String.valueOf(error.getMessage()));
        return words.find() ? Optional.of(words.group()) : Optional.empty();
    }

    /** By the last words: the value that stands before them may hold any. */
    @Override
    public Optional<String> constraint(SQLException error) {
        Matcher words = CONSTRAINT.matcher(String.valueOf(error.getMessage()));
        return words.find() ? Optional.of(words.group(1)) : Optional.empty();
    }

    @Override
    public String words(SQLException error) {
        return String.valueOf(error.getMessage());
    }

    @Override
    public String allWords(SQLException error) {
        return words(error);
    }

    private static ErrorKind byState(String state) {
        if (state.startsWith("08")) {
            return ErrorKind.UNAVAILABLE;
        }
        if (state.startsWith("28")) {
            return ErrorKind.ACCESS;
        }
        if (state.startsWith("40")) {
            return ErrorKind.LOCK;
        }
        return state.startsWith("22") || state.startsWith("23") ? ErrorKind.DATA : ErrorKind.OTHER;
    }
}
