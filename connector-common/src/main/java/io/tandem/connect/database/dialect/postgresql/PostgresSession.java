package io.tandem.connect.database.dialect.postgresql;

import io.tandem.connect.database.dialect.SessionDialect;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** Settings that live as long as the transaction, so nothing can leak through a connection pool. */
final class PostgresSession implements SessionDialect {

    /** The setting that the triggers look at; its value is the aggregate that is being applied. */
    static final String APPLYING = "tandem.applying";

    // well below deadlock_timeout (1 s): we give way before PostgreSQL would pick the application as the victim
    private static final String WRITE_LOCK_TIMEOUT = "50ms";

    @Override
    public void beginApplying(Handle handle, String aggregate, Duration firstLock) {
        select(
                handle,
                "SELECT set_config('" + APPLYING + "', ?, true), set_config('lock_timeout', ?, true)",
                aggregate,
                Math.max(1, firstLock.toMillis()) + "ms");
    }

    @Override
    public void beginWriting(Handle handle) {
        select(handle, "SELECT set_config('lock_timeout', ?, true)", WRITE_LOCK_TIMEOUT);
    }

    @Override
    public void end(Handle handle) {
        // nothing outlives the transaction
    }

    @Override
    public void limitDdlWait(Handle handle, Duration limit) {
        select(handle, "SELECT set_config('lock_timeout', ?, true)", limit.toMillis() + "ms");
    }

    private static void select(Handle handle, String sql, Object... arguments) {
        handle.select(sql, arguments).mapTo(String.class).list();
    }

    @Override
    public String sessionIdSql() {
        return "pg_backend_pid()";
    }

    @Override
    public String nowMicrosSql() {
        return PostgresTrigger.NOW_MICROS;
    }
}
