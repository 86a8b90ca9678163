package io.tandem.connect.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.tandem.connect.database.dialect.Dialect;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * A small pool of connections to one master. Opening it does not connect: a database that is down is noticed at the first
 * use, as {@link ErrorKind#UNAVAILABLE}, and the pool connects again by itself when it is back. Thread-safe.
 */
public final class Database implements AutoCloseable {

    // short, so that a task can stop within a second while the database is down; connecting goes on in the background
    private static final Duration CONNECTION_WAIT = Duration.ofMillis(500);

    private static final Duration FIRST_CONNECTION_WAIT = Duration.ofSeconds(10);

    // the SQLState for it in the standard
    private static final String FEATURE_NOT_SUPPORTED = "0A000";
    private static final String CONNECTION_FAILURE = "08006";

    private final Dialect dialect;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final ErrorTranslator errors;

    private Database(Dialect dialect, HikariDataSource pool) {
        this.dialect = dialect;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.errors = new ErrorTranslator(dialect);
    }

    /**
     * A pool for these settings.
     *
     * @param owner names the pool in the logs and in thread names
     * @param connections how many connections it holds at most
     * @throws IllegalArgumentException if no dialect or no driver accepts the URL
     */
    public static Database open(ConnectionSettings settings, String owner, int connections) {
        Dialect dialect = dialect(settings);
        HikariConfig config = config(settings, dialect, owner);
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        config.setInitializationFailTimeout(-1);
        return new Database(dialect, pool(config));
    }

    /**
     * One connection for a short piece of work, made at once.
     *
     * @throws IllegalArgumentException if no dialect or no driver accepts the URL
     * @throws DatabaseException if the database cannot be reached or refuses the user
     */
    public static Database connect(ConnectionSettings settings, String owner) {
        Dialect dialect = dialect(settings);
        HikariConfig config = config(settings, dialect, owner);
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(FIRST_CONNECTION_WAIT.toMillis());
        config.setInitializationFailTimeout(1);
        return new ErrorTranslator(dialect).translate(() -> {
            try {
                return new Database(dialect, pool(config));
            } catch (PoolInitializationException e) {
                if (String.valueOf(e.getMessage()).contains(settings.url())) {
                    throw unreadable(config);
                }
                throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
            }
        });
    }

    private static Dialect dialect(ConnectionSettings settings) {
        return Dialects.forUrl(settings.url())
                .orElseThrow(() -> new IllegalArgumentException(
                        "no dialect for this URL; expected jdbc:postgresql: or jdbc:mariadb:"));
    }

    private static HikariDataSource pool(HikariConfig config) {
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unreadable(config);
        }
    }

    /** A driver that cannot read a URL quotes it, with all its secrets; so its error is no cause of this one. */
    private static IllegalArgumentException unreadable(HikariConfig config) {
        return new IllegalArgumentException("the driver " + config.getDriverClassName() + " cannot read this URL");
    }

    private static HikariConfig config(ConnectionSettings settings, Dialect dialect, String owner) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("tandem-" + owner);
        config.setDataSource(DriverDataSource.of(settings, dialect));
        config.setConnectionInitSql(dialect.sessionSetup());
        config.setMinimumIdle(0);
        config.setExceptionOverride(new KeepReplanned());
        return config;
    }

    /** A plan that no longer fits its table is no reason to give up the connection, as the pool would think. */
    private static final class KeepReplanned implements SQLExceptionOverride {
        // java.lang.Override would be SQLExceptionOverride.Override here
        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException error) {
            return FEATURE_NOT_SUPPORTED.equals(error.getSQLState())
                    ? SQLExceptionOverride.Override.DO_NOT_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }

    /** The vendor's ways. */
    public Dialect dialect() {
        return dialect;
    }

    /**
     * Runs {@code work} with statements that each commit by themselves.
     *
     * @throws DatabaseException classified, for every error of the database
     */
    public <T> T withHandle(HandleCallback<T, SQLException> work) {
        return run(work);
    }

    /**
     * Runs {@code work} in a transaction that sees one snapshot from its first statement on and writes nothing.
     *
     * @throws DatabaseException classified, for every error of the database
     */
    public <T> T inSnapshot(HandleCallback<T, SQLException> work) {
        return run(handle -> handle.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work));
    }

    /**
     * Runs {@code work} in a transaction in which each statement sees what is committed when it starts.
     *
     * @throws DatabaseException classified, for every error of the database; then nothing was written
     */
    public <T> T inTransaction(HandleCallback<T, SQLException> work) {
        return run(handle -> handle.inTransaction(TransactionIsolationLevel.READ_COMMITTED, work));
    }

    /**
     * Like {@link #inTransaction}, with {@code after} run on the same connection when the transaction has ended.
     *
     * @param after takes back what outlives a transaction, also after a failure
     */
    public <T> T inTransaction(HandleCallback<T, SQLException> work, Consumer<Handle> after) {
        return run(handle -> {
            T result;
            try {
                result = handle.inTransaction(TransactionIsolationLevel.READ_COMMITTED, work);
            } catch (SQLException | RuntimeException e) {
                endAfterFailure(handle, after, e);
                throw e;
            }
            after.accept(handle);
            return result;
        });
    }

    /**
     * A pool closes a connection that it finds broken, and whatever is tried on it afterwards (a rollback, say) fails
     * without a code and hides the first error: so a closed connection is an outage, whatever the last error says.
     */
    private <T> T run(HandleCallback<T, SQLException> work) {
        return errors.translate(() -> jdbi.withHandle(handle -> {
            try {
                return work.withHandle(handle);
            } catch (SQLException | RuntimeException e) {
                if (handle.getConnection().isClosed()) {
                    throw new SQLException("the connection was lost: " + errors.words(e), CONNECTION_FAILURE, e);
                }
                throw e;
            }
        }));
    }

    private static void endAfterFailure(Handle handle, Consumer<Handle> after, Exception failure) {
        try {
            after.accept(handle);
        } catch (JdbiException e) {
            // the connection is gone, and with it what was to be taken back
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
