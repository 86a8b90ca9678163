package io.tandem.connect.database;

import io.tandem.connect.database.dialect.Dialect;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jdbi.v3.core.JdbiException;

/** Turns what JDBC and Jdbi throw into {@link DatabaseException}, classified by the dialect. */
final class ErrorTranslator {

    private final Dialect dialect;

    ErrorTranslator(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Work that may fail with an error of the database. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    <T> T translate(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw translated(e);
        } catch (JdbiException e) {
            throw translated(sqlCause(e));
        }
    }

    private static SQLException sqlCause(JdbiException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        throw failure;
    }

    private DatabaseException translated(SQLException error) {
        SQLException telling = telling(error);
        ErrorKind kind = dialect.errors().classify(telling);
        // without a code it is not the server's: MariaDB's driver also wraps server errors that it does not know like
        // this
        if (kind == ErrorKind.OTHER
                && telling instanceof SQLTransientConnectionException
                && telling.getErrorCode() <= 0) {
            kind = ErrorKind.UNAVAILABLE;
        }
        return new DatabaseException(kind, describe(kind, telling), error);
    }

    /** The error that says most: behind a pool's time-out and a batch's summary stands the server's own. */
    private static SQLException telling(SQLException error) {
        SQLException telling = error;
        while (telling instanceof SQLTransientConnectionException || telling instanceof BatchUpdateException) {
            SQLException next = telling.getNextException() != null
                    ? telling.getNextException()
                    : telling.getCause() instanceof SQLException cause ? cause : null;
            if (next == null) {
                return telling;
            }
            telling = next;
        }
        return telling;
    }

    /**
     * Servers quote values of rows in many messages of data and constraint errors, so those messages stay in the cause,
     * which connectors log at DEBUG only. The names of constraints are none.
     */
    private String describe(ErrorKind kind, SQLException error) {
        String code = dialect.name() + " error " + error.getErrorCode() + ", SQLState " + error.getSQLState();
        return switch (kind) {
            case DATA ->
                dialect.errors()
                        .place(error)
                        .map(place -> place + " (" + code + ")")
                        .orElse(code);
            case DUPLICATE_KEY, FOREIGN_KEY ->
                dialect.errors()
                        .constraint(error)
                        .map(name -> "constraint " + name + " (" + code + ")")
                        .orElse(code);
            case LOCK, UNAVAILABLE, OUTDATED, ACCESS, OTHER -> error.getMessage() + " (" + code + ")";
        };
    }
}
