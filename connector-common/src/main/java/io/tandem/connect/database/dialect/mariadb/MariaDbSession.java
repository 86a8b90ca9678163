package io.tandem.connect.database.dialect.mariadb;

import io.tandem.connect.database.dialect.SessionDialect;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** Session variables, which outlive the transaction and are therefore taken back at its end. */
final class MariaDbSession implements SessionDialect {

    /** The user variable that the triggers look at; its value is the aggregate that is being applied. */
    static final String APPLYING = "@tandem_applying";

    @Override
    public void beginApplying(Handle handle, String aggregate, Duration firstLock) {
        // SKIP LOCKED fails under a timeout of 0, so the lock-reads run under at least a second
        long seconds = Math.max(1, firstLock.toSeconds());
        handle.execute(
                "SET " + APPLYING + " = ?, SESSION innodb_lock_wait_timeout = " + seconds
                        + ", SESSION lock_wait_timeout = 1",
                aggregate);
    }

    @Override
    public void beginWriting(Handle handle) {
        handle.execute("SET SESSION innodb_lock_wait_timeout = 0");
    }

    @Override
    public void end(Handle handle) {
        handle.execute("SET " + APPLYING
                + " = NULL, SESSION innodb_lock_wait_timeout = DEFAULT, SESSION lock_wait_timeout = DEFAULT");
    }

    @Override
    public void limitDdlWait(Handle handle, Duration limit) {
        handle.execute("SET SESSION lock_wait_timeout = " + Math.max(1, limit.toSeconds()));
    }

    @Override
    public String sessionIdSql() {
        return "CONNECTION_ID()";
    }

    @Override
    public String nowMicrosSql() {
        return MariaDbTriggers.NOW_MICROS;
    }
}
