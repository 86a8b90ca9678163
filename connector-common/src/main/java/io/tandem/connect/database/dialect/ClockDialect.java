package io.tandem.connect.database.dialect;

import io.tandem.connect.aggregate.Aggregate;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The database objects that Tandem needs for an aggregate. */
public interface ClockDialect {

    /**
     * All objects for an aggregate, in the order in which they can be created.
     *
     * @param masters the ids of all masters: each has a counter column
     * @param self the master at hand, whose counter tells what is not published yet; one that is none of the masters is a
     *     follower, which has a clock table and nothing else, since what is written to it does not travel
     */
    List<DatabaseObject> objects(Aggregate aggregate, List<String> masters, String self);

    /** A condition on the clock table that holds for what is not published yet and that an index answers. */
    String pendingCondition(String self);

    /** The same for a root table that has the versions in its rows. */
    String rootPendingCondition(String self);

    /** Runs {@code work} while no other session runs it for the same name, waiting for a bounded time. */
    void exclusively(Handle handle, String name, Runnable work);
}
