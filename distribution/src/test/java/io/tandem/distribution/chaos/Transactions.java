package io.tandem.distribution.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the transactions of the applications do. Stateless but for the signal that ends the pauses of long ones. */
final class Transactions {

    private final CountDownLatch stopped;

    Transactions(CountDownLatch stopped) {
        this.stopped = stopped;
    }

    /** A short transaction; most are of a single statement, and every second one of those leaves the root alone. */
    void brief(Work work, Random random) throws SQLException {
        Register root = Keys.root(random);
        int dice = random.nextInt(100);
        if (dice < 24) {
            // nothing after it, also where there is no row: InnoDB keeps the lock of one that was just deleted
            work.overwrite(root, random.nextBoolean());
        } else if (dice < 56) {
            work.overwrite(Keys.part(root, random), random.nextBoolean());
        } else if (dice < 66) {
            work.guard(root, false);
            rootThenParts(work, root, random);
        } else if (dice < 78) {
            work.guard(root, true);
            partThenRoot(work, root, random);
        } else if (dice < 90) {
            work.guard(root, true);
            togglePart(work, root, random);
        } else {
            toggle(work, root, random);
        }
    }

    /** Several aggregates, with pauses in which everything is held. */
    Session.Transaction lengthy(Duration longestPause) {
        return (work, random) -> {
            for (Register root : Keys.roots(random, 2 + random.nextInt(2))) {
                boolean alone = random.nextBoolean();
                work.guard(root, alone);
                if (alone) {
                    switch (random.nextInt(3)) {
                        case 0 -> partThenRoot(work, root, random);
                        case 1 -> togglePart(work, root, random);
                        default -> toggleGuarded(work, root, random);
                    }
                } else {
                    rootThenParts(work, root, random);
                }
                stopped.await(random.nextLong(longestPause.toMillis()), TimeUnit.MILLISECONDS);
            }
        };
    }

    private static void rootThenParts(Work work, Register root, Random random) throws SQLException {
        if (random.nextBoolean()) {
            work.overwrite(root, random.nextBoolean());
        }
        for (int position = 1; position <= Keys.POSITIONS; position++) {
            if (random.nextBoolean()) {
                work.overwrite(root.part(position), random.nextBoolean());
            }
        }
    }

    /** The order in which a sink that waited for locks would meet us in a deadlock. */
    private static void partThenRoot(Work work, Register root, Random random) throws SQLException {
        Register part = Keys.part(root, random);
        String shown = work.lock(part);
        if (shown != null) {
            work.update(part, shown, random.nextBoolean());
        }
        work.overwrite(root, random.nextBoolean());
    }

    private static void togglePart(Work work, Register root, Random random) throws SQLException {
        if (work.lock(root) == null) {
            return;
        }
        Register part = Keys.part(root, random);
        String shown = work.lock(part);
        if (shown == null) {
            work.insert(part, random.nextBoolean());
        } else {
            work.deletePart(part, shown);
            if (random.nextInt(3) == 0) {
                work.insert(part, random.nextBoolean());
            }
        }
    }

    private static void toggle(Work work, Register root, Random random) throws SQLException {
        work.guard(root, true);
        toggleGuarded(work, root, random);
    }

    private static void toggleGuarded(Work work, Register root, Random random) throws SQLException {
        @Nullable String shown = work.lock(root);
        if (shown != null) {
            if (random.nextInt(3) == 0) {
                work.update(root, shown, random.nextBoolean());
                return;
            }
            work.deleteRoot(root, shown);
            if (random.nextBoolean()) {
                return;
            }
        }
        if (work.insert(root, random.nextBoolean())) {
            for (int position = 1; position <= Keys.POSITIONS; position++) {
                if (random.nextInt(3) > 0) {
                    work.insert(root.part(position), random.nextBoolean());
                }
            }
        }
    }
}
