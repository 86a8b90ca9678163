package io.tandem.connect.database.dialect;

import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** Session settings of our transactions: the flag that the triggers honour, and the limits of waiting for locks. */
public interface SessionDialect {

    /**
     * Called first in an applying transaction: tells the triggers of this aggregate that what is written now is applied,
     * not a local write, and limits the wait for the first lock.
     *
     * @param firstLock how long the first lock may be waited for, while none is held
     */
    void beginApplying(Handle handle, String aggregate, Duration firstLock);

    /** Called after the lock-reads, before the first write: from now on no lock is waited for (or nearly none). */
    void beginWriting(Handle handle);

    /** Called after the transaction, committed or not: takes back what outlives a transaction. */
    void end(Handle handle);

    /** Called in a transaction that runs DDL: limits the wait for table locks, so that the application is not held up. */
    void limitDdlWait(Handle handle, Duration limit);

    /** SQL for this session's id, as the triggers note it. */
    String sessionIdSql();

    /** SQL for the wall clock of the server at this moment, microseconds since the epoch: what the triggers stamp with. */
    String nowMicrosSql();
}
