package io.tandem.connect.source;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.TaskShare;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks through the rows of a task's share page by page, so that those without a clock get this master's first version.
 * Starts over after a restart, and finds nothing to do where it was.
 */
final class Seeding {

    private static final Logger LOG = LoggerFactory.getLogger(Seeding.class);

    private final Database database;
    private final AlignedAggregate aligned;
    private final PendingAggregates pending;
    private final TaskShare share;
    private final int pageSize;

    private boolean done;
    private @Nullable AggregateKey last;
    private final Set<AggregateKey> held = new LinkedHashSet<>();
    private boolean atEnd;
    private long count;

    /** @param enabled whether there is anything to do at all */
    Seeding(
            Database database,
            AlignedAggregate aligned,
            PendingAggregates pending,
            TaskShare share,
            int pageSize,
            boolean enabled) {
        this.database = database;
        this.aligned = aligned;
        this.pending = pending;
        this.share = share;
        this.pageSize = pageSize;
        this.done = !enabled;
    }

    boolean isDone() {
        return done;
    }

    /** True if all that is left is held by somebody else, so that there is no hurry. */
    boolean isHeldUp() {
        return atEnd && !held.isEmpty();
    }

    /** Seeds the unclocked aggregates of the next page; their versions are durable when this returns. */
    List<Published> nextPage() {
        List<AggregateKey> page = atEnd
                ? held.stream().limit(pageSize).toList()
                : database.withHandle(
                        handle -> aligned.tables().keysAfter(handle.getConnection(), last, pageSize, share));
        List<AggregateKey> unclocked = pending.unclocked(page);
        List<Published> seeded = unclocked.isEmpty() ? List.of() : pending.seed(unclocked);
        page.forEach(held::remove);
        held.addAll(unclocked);
        seeded.forEach(published -> held.remove(published.key()));
        count += seeded.size();
        if (page.isEmpty()) {
            atEnd = true;
        } else if (!atEnd) {
            last = page.get(page.size() - 1);
        }
        if (atEnd && held.isEmpty()) {
            done = true;
            LOG.info(
                    "seeding of {} is complete, {} rows had no clock",
                    aligned.aggregate().name(),
                    count);
        }
        return seeded;
    }
}
