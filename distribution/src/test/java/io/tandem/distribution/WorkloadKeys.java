package io.tandem.distribution;

import io.tandem.examples.Master;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which customers and orders a workload writes: {@code perSession} of each for every session, and a few orders that all
 * sessions share.
 *
 * @param first the first key; customers and orders have the same numbers
 */
record WorkloadKeys(long first, int sessions, int perSession) {

    private static final int SHARED_ORDERS = 3;

    long customer(int session, Random random) {
        return first + (long) session * perSession + random.nextInt(perSession);
    }

    long order(int session, Random random) {
        return customer(session, random);
    }

    /** Some of a session's customers, in changing order. */
    List<Long> customers(int session, Random random) {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < perSession; i++) {
            all.add(first + (long) session * perSession + i);
        }
        Collections.shuffle(all, random);
        return all.subList(0, Math.min(all.size(), 2 + random.nextInt(3)));
    }

    long sharedOrder(Random random) {
        return first + (long) sessions * perSession + random.nextInt(SHARED_ORDERS);
    }

    /** The key behind the last. */
    long end() {
        return first + (long) sessions * perSession + SHARED_ORDERS;
    }

    /** Creates all customers and orders on this master. */
    void create(Master legacy) {
        List<String> statements = new ArrayList<>();
        for (long key = first; key < end(); key++) {
            statements.add(
                    "INSERT INTO CUSTOMERS (CUST_NO, LAST_NAME, STATUS, CREDIT_LIMIT, NEWSLETTER, PHONE1) VALUES ("
                            + key + ", 'start', 'A', 0, 'N', '1')");
            statements.add("INSERT INTO ORDERS (ORDER_NO, CUST_NO, ORDER_DATE, STATE, CURRENCY) VALUES (" + key + ", "
                    + key + ", '2026-01-01 00:00:00', '" + ApplicationSql.LEGACY_ORDER_STATE + "', 'EUR')");
            for (int line = 1; line <= Math.max(sessions, 2); line++) {
                statements.add("INSERT INTO ORDER_LINES (ORDER_NO, LINE_NO, ARTICLE, QTY, UNIT_PRICE) VALUES (" + key
                        + ", " + line + ", 'A-1', 1, 2.5)");
            }
        }
        legacy.run(statements.toArray(String[]::new));
    }
}
