package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.database.dialect.DatabaseObject;
import io.tandem.connect.database.dialect.DatabaseObject.Creation;
import io.tandem.connect.database.dialect.Dialect;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks and creates the tables and triggers of Tandem for one aggregate. Changes no table of the application, unless
 * the versions are to be in the root table; creating a trigger or a column needs a short lock on its table, for which it
 * waits only briefly, since writers queue up behind it, and pauses before it tries again.
 */
public final class ClockInstaller {

    private static final Logger LOG = LoggerFactory.getLogger(ClockInstaller.class);
    private static final Duration TABLE_LOCK_WAIT = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 10;

    private final Dialect dialect;
    private final Aggregate aggregate;
    private final List<String> masters;
    private final String self;

    /**
     * @param masters the ids of all masters
     * @param self the master at hand, or a follower, which is none of the masters and needs the clock table only
     */
    public ClockInstaller(Dialect dialect, Aggregate aggregate, List<String> masters, String self) {
        this.dialect = dialect;
        this.aggregate = aggregate;
        this.masters = List.copyOf(masters);
        this.self = self;
    }

    /** All statements that a fresh installation takes, in their order. */
    public List<String> ddl() {
        return objects().stream()
                // the counters of a fresh clock table are part of its CREATE
                .filter(object -> object.creation() != Creation.AS_UPGRADE)
                .map(DatabaseObject::ddl)
                .toList();
    }

    private List<DatabaseObject> objects() {
        return dialect.clocks().objects(aggregate, masters, self);
    }

    /** What is missing or not as this version of Tandem creates it. */
    public List<DatabaseObject> missing(Handle handle) {
        return objects().stream()
                .filter(object -> !object.current().test(handle))
                .toList();
    }

    /**
     * Does nothing if all is there.
     *
     * @throws InvalidAggregateException with the exact DDL if something is missing
     */
    public void validate(Handle handle) {
        List<DatabaseObject> missing = missing(handle);
        if (!missing.isEmpty()) {
            throw new InvalidAggregateException(
                    "clock.install",
                    "the aggregate '" + aggregate.name() + "' lacks "
                            + missing.stream().map(DatabaseObject::description).collect(Collectors.joining(", "))
                            + ". Set clock.install=create to let the connector create it, or run this DDL (the user "
                            + "needs the rights of docs/security.md, also to see what is there):\n"
                            + missing.stream().map(DatabaseObject::ddl).collect(Collectors.joining(";\n"))
                            + ";");
        }
    }

    /**
     * Creates what is missing; safe while other connectors do the same.
     *
     * @throws DatabaseException of kind {@link ErrorKind#LOCK} if a table stayed locked by the application
     * @throws InvalidAggregateException if the user lacks a right with which the triggers run
     */
    public void create(Database database) {
        database.withHandle(handle -> {
            if (!missing(handle).isEmpty()) {
                dialect.clocks().exclusively(handle, "tandem_install", () -> createMissing(handle));
            }
            return null;
        });
    }

    private void createMissing(Handle handle) {
        RightsCheck ofTriggers = RightsCheck.ofTriggers(dialect, aggregate);
        String user = user(handle);
        for (DatabaseObject object : missing(handle)) {
            // again and again, since the journals come before the triggers, and a wrong trigger hurts the application
            if (masters.contains(self)) {
                ofTriggers.require(handle, user);
            }
            for (int attempt = 1; !tryCreate(handle, object, attempt); attempt++) {
                LOG.info("{} is busy, trying again to create {}", aggregate.name(), object.description());
                pause();
            }
            LOG.info("created {}", object.description());
        }
    }

    private static String user(Handle handle) {
        try {
            return handle.getConnection().getMetaData().getUserName();
        } catch (SQLException e) {
            throw new DatabaseException(ErrorKind.UNAVAILABLE, "the connection was lost: " + e.getMessage(), e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a table", e);
        }
    }

    private boolean tryCreate(Handle handle, DatabaseObject object, int attempt) {
        try {
            if (object.creation() == Creation.ONLINE) {
                for (String statement : object.ddl().split(";\n", -1)) {
                    execute(handle, statement);
                }
            } else {
                handle.useTransaction(transaction -> {
                    dialect.session().limitDdlWait(transaction, TABLE_LOCK_WAIT);
                    execute(transaction, object.ddl());
                });
            }
            return true;
        } catch (SQLException e) {
            ErrorKind kind = dialect.errors().classify(e);
            if (kind == ErrorKind.LOCK && attempt < ATTEMPTS) {
                return false;
            }
            throw new DatabaseException(kind, "cannot create " + object.description() + ": " + e.getMessage(), e);
        }
    }

    private static void execute(Handle handle, String ddl) throws SQLException {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute(ddl);
        }
    }
}
