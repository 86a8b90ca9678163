package io.tandem.connect.database.dialect.postgresql;

import io.tandem.connect.database.ErrorKind;
import io.tandem.connect.database.dialect.ErrorDialect;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** By SQLState, see "PostgreSQL Error Codes" in its manual. */
final class PostgresErrors implements ErrorDialect {

    /** Where the server raises what the code of a function says. */
    private static final String RAISED = "exec_stmt_raise";

    private static final Set<String> NAMING_NO_VALUE = Set.of("23502", "23514", "22001");

    @Override
    public ErrorKind classify(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return switch (state) {
            // a statement that ran out of time is smaller next time, like one that met a lock
            case "40001", "40P01", "55P03", "57014" -> ErrorKind.LOCK;
            case "57P01", "57P02", "57P03", "57P05", "25006", "25P03", "25P04" -> ErrorKind.UNAVAILABLE;
            // the driver refuses to log in with what it was given, an empty password for example: waiting does not help
            case "08004" -> ErrorKind.ACCESS;
            case "23505", "23P01" -> ErrorKind.DUPLICATE_KEY;
            // 23001: ON DELETE RESTRICT, from version 18 on
            case "23503", "23001" -> ErrorKind.FOREIGN_KEY;
            // no such column, no such table; an expression or a comparison of another type than the column's
            case "42703", "42P01", "42804", "42883" -> ErrorKind.OUTDATED;
            // the one way in which prepared statements are "not supported": a column has another type by now
            case "0A000" -> isReplanned(error) ? ErrorKind.OUTDATED : ErrorKind.OTHER;
            // raised by a trigger of the application; a value that is too large for an index
            case "P0001", "54000" -> ErrorKind.DATA;
            default -> byClass(state);
        };
    }

    /** NOT NULL, CHECK and too long; not where a trigger or function of the application says so, in its own words. */
    @Override
    public Optional<String> place(SQLException error) {
        boolean harmless = error.getSQLState() != null && NAMING_NO_VALUE.contains(error.getSQLState());
        return harmless && error instanceof PSQLException server && isOfServer(server)
                ? Optional.ofNullable(server.getServerErrorMessage().getMessage())
                : Optional.empty();
    }

    @Override
    public Optional<String> constraint(SQLException error) {
        return error instanceof PSQLException server && isOfServer(server)
                ? Optional.ofNullable(server.getServerErrorMessage().getConstraint())
                : Optional.empty();
    }

    /** What the server itself says, not a trigger or function of the application. */
    private static boolean isOfServer(PSQLException error) {
        return error.getServerErrorMessage() != null
                && !RAISED.equals(error.getServerErrorMessage().getRoutine());
    }

    /** What a trigger or a function of the application says is not the server's, whatever its code. */
    @Override
    public String words(SQLException error) {
        if (!(error instanceof PSQLException server) || server.getServerErrorMessage() == null) {
            return String.valueOf(error.getMessage());
        }
        ServerErrorMessage message = server.getServerErrorMessage();
        return RAISED.equals(message.getRoutine())
                ? "a function of the application has raised it"
                : message.getSeverity() + ": " + message.getMessage();
    }

    @Override
    public String allWords(SQLException error) {
        return error instanceof PSQLException server && server.getServerErrorMessage() != null
                ? server.getServerErrorMessage().toString()
                : String.valueOf(error.getMessage());
    }

    private static boolean isReplanned(SQLException error) {
        return error instanceof PSQLException server
                && server.getServerErrorMessage() != null
                && "RevalidateCachedQuery".equals(server.getServerErrorMessage().getRoutine());
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
