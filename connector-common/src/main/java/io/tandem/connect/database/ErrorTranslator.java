package io.tandem.connect.database;

import io.tandem.connect.database.dialect.Dialect;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what JDBC and Jdbi throw into {@link DatabaseException}, classified by the dialect. Exceptions end in logs and in
 * traces that everybody may read, with all their causes. So what was thrown is told at DEBUG, and the cause that goes on
 * has its stack and its codes, but not its words.
 */
final class ErrorTranslator {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorTranslator.class);

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
        String message = describe(kind, telling);
        LOG.debug("{}: {}", message, dialect.errors().allWords(telling), error);
        return new DatabaseException(kind, message, withoutWords(telling));
    }

    private SQLException withoutWords(SQLException error) {
        SQLException wordless = new SQLException(code(error), error.getSQLState(), error.getErrorCode());
        wordless.setStackTrace(error.getStackTrace());
        return wordless;
    }

    /** What may be told about a failure; if it is not the database's, what it says. */
    String words(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                SQLException telling = telling(sql);
                return describe(dialect.errors().classify(telling), telling);
            }
        }
        return String.valueOf(failure.getMessage());
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
     * Servers quote values of rows in many messages of data and constraint errors, and a batch may quote all of its own. The
     * names of constraints are none.
     */
    private String describe(ErrorKind kind, SQLException error) {
        String code = code(error);
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
            case LOCK, UNAVAILABLE, OUTDATED, ACCESS, OTHER ->
                error instanceof BatchUpdateException ? code : dialect.errors().words(error) + " (" + code + ")";
        };
    }

    private String code(SQLException error) {
        return dialect.name() + " error " + error.getErrorCode() + ", SQLState " + error.getSQLState();
    }
}
