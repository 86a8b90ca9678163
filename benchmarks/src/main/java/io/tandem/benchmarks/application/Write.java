package io.tandem.benchmarks.application;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What a transaction of the application's does: it writes one row. */
enum Write {
    /** Changes a balance. */
    UPDATE("UPDATE account SET balance = ? WHERE id = ?"),
    /** Opens an account. */
    INSERT("INSERT INTO account (balance, id, name, email, city, opened, active, revision) "
            + "VALUES (?, ?, 'Holder of an account', 'holder@example.org', 'Town', DATE '2001-02-03', TRUE, 0)");

    private final String sql;

    Write(String sql) {
        this.sql = sql;
    }

    /** The statement; its parameters are a balance and an account's number. */
    String sql() {
        return sql;
    }

    /**
     * The accounts that are written, for any number of threads.
     *
     * @param rows how many there are, numbered from 1
     */
    LongSupplier keys(int rows) {
        if (this == UPDATE) {
            return () -> ThreadLocalRandom.current().nextLong(1, rows + 1L);
        }
        AtomicLong last = new AtomicLong(rows);
        return last::incrementAndGet;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
