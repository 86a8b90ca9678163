package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The application of one member, in one session, as fast as it can: it inserts, changes and deletes the parcels that the applications of the
 * others write at the same time. It knows no key but these, so it never fails by itself: what fails, fails because of us.
 */
final class ParcelTraffic extends Thread {

    private static final int STOPS = 3;

    private final Member member;
    private final long parcels;
    private volatile boolean stopped;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /**
     * @param parcels how many keys, from 1 on
     */
    ParcelTraffic(Member member, long parcels) {
        super(member.id() + "-application");
        this.member = member;
        this.parcels = parcels;
    }

    @Override
    public void run() {
        Random random = new Random(member.id().hashCode());
        try (Connection connection = member.server().connect(member.database())) {
            connection.setAutoCommit(false);
            for (int i = 0; !stopped; i++) {
                Member.run(connection, statements(random, member.id() + "-" + i));
            }
        } catch (SQLException e) {
            failures.add(e.getSQLState() + "/" + e.getErrorCode() + " " + e.getMessage());
        }
    }

    private String[] statements(Random random, String text) {
        ParcelTables tables = member.tables();
        long number = 1 + random.nextLong(parcels);
        int stop = 1 + random.nextInt(STOPS);
        return switch (random.nextInt(8)) {
            case 0 -> new String[] {tables.delete(number)};
            case 1, 2 ->
                new String[] {insertIfAbsent(number, text), tables.lock(number), tables.addStop(number, stop, text)};
            case 3 -> new String[] {tables.lock(number), tables.addStop(number, stop, text)};
            case 4 -> new String[] {tables.moveStop(number, stop, text), tables.rename(number, text)};
            case 5 -> new String[] {tables.removeStop(number, stop)};
            case 6 -> new String[] {tables.weigh(number, random.nextBoolean() ? "NULL" : "7")};
            default -> new String[] {tables.rename(number, text)};
        };
    }

    private String insertIfAbsent(long number, String text) {
        String insert = member.tables().insert(number, text);
        return member.server() instanceof PostgresServer
                ? insert + " ON CONFLICT DO NOTHING"
                : insert.replace("INSERT INTO", "INSERT IGNORE INTO");
    }

    /** Starts all of these at once. */
    static void start(ParcelTraffic... traffic) {
        Arrays.stream(traffic).forEach(Thread::start);
    }

    /** Makes all of these end with the transaction at hand. */
    static void stop(ParcelTraffic... traffic) {
        Arrays.stream(traffic).forEach(one -> one.stopped = true);
    }

    /** Waits until all of these have ended; none of their statements may have failed. */
    static void join(ParcelTraffic... traffic) {
        for (ParcelTraffic one : traffic) {
            try {
                one.join(Await.LIMIT.toMillis());
            } catch (InterruptedException e) {
                one.interrupt();
                Thread.currentThread().interrupt();
            }
            assertThat(one.isAlive()).as(one.getName() + " does not end").isFalse();
            assertThat(one.failures).as(one.getName()).isEmpty();
        }
    }
}
