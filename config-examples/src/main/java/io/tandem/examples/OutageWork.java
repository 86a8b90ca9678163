package io.tandem.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What one application does while the other master's database is down. No aggregate is touched on both sides, and none
 * that {@link Changes} touches.
 *
 * @param transactions the statements, one list per transaction
 * @param arrived a query for the other master that counts what has arrived there; its answer shall be {@link #ALL}
 */
record OutageWork(List<List<String>> transactions, String arrived) {

    /** What has arrived in the end. */
    static final String ALL = "50 changed, 20 inserted, 0 not deleted";

    private static final int CHANGED = 50;
    private static final int INSERTED = 20;
    private static final int DELETED = 10;

    OutageWork {
        transactions = List.copyOf(transactions);
    }

    /** The legacy application changes customers, inserts customers with an order each, and deletes orders. */
    static OutageWork onLegacy() {
        List<List<String>> transactions = new ArrayList<>();
        add(transactions, CHANGED, i -> List.of("""
                UPDATE CUSTOMERS SET LAST_NAME = 'While you were away' WHERE CUST_NO = %d""".formatted(101 + i)));
        add(
                transactions,
                INSERTED,
                i -> List.of(
                        """
                        INSERT INTO CUSTOMERS (CUST_NO, LAST_NAME, STATUS, CREDIT_LIMIT, NEWSLETTER, PHONE1)
                        VALUES (%d, 'New', 'A', 1, 'N', '1')""".formatted(40_001 + i),
                        "INSERT INTO ORDERS VALUES (%1$d, %1$d, '2026-01-01', 'NW', 'EUR', NULL)".formatted(40_001 + i),
                        "INSERT INTO ORDER_LINES VALUES (%d, 1, 'NEW', 1, 1)".formatted(40_001 + i)));
        add(transactions, DELETED, i -> List.of("DELETE FROM ORDERS WHERE ORDER_NO = %d".formatted(10_101 + i)));
        return new OutageWork(transactions, """
                SELECT concat(
                  (SELECT count(*) FROM customer WHERE id BETWEEN 101 AND 150 AND last_name = 'While you were away'),
                  ' changed, ',
                  (SELECT count(*) FROM customer c JOIN sales_order o ON o.customer_id = c.id
                    JOIN sales_order_line l ON l.order_id = o.id WHERE c.id BETWEEN 40001 AND 40020),
                  ' inserted, ',
                  (SELECT count(*) FROM sales_order WHERE id BETWEEN 10101 AND 10110),
                  ' not deleted')""");
    }

    /** The modern application does the same with other rows. */
    static OutageWork onModern() {
        List<List<String>> transactions = new ArrayList<>();
        add(transactions, CHANGED, i -> List.of("""
                UPDATE customer SET last_name = 'While you were away' WHERE id = %d""".formatted(201 + i)));
        add(
                transactions,
                INSERTED,
                i -> List.of(
                        """
                        INSERT INTO customer (id, last_name, status, credit_limit, newsletter)
                        VALUES (%d, 'New', 'ACTIVE', 1, false)""".formatted(50_001 + i),
                        "INSERT INTO customer_phone VALUES (%d, 1, '1')".formatted(50_001 + i),
                        "INSERT INTO sales_order VALUES (%1$d, %1$d, '2026-01-01Z', 'NEW', 'EUR', NULL)"
                                .formatted(50_001 + i),
                        "INSERT INTO sales_order_line VALUES (%d, 1, 'NEW', 1, 1)".formatted(50_001 + i)));
        add(transactions, DELETED, i -> List.of("DELETE FROM sales_order WHERE id = %d".formatted(10_201 + i)));
        return new OutageWork(transactions, """
                SELECT CONCAT(
                  (SELECT COUNT(*) FROM CUSTOMERS WHERE CUST_NO BETWEEN 201 AND 250
                    AND LAST_NAME = 'While you were away'),
                  ' changed, ',
                  (SELECT COUNT(*) FROM CUSTOMERS JOIN ORDERS USING (CUST_NO) JOIN ORDER_LINES USING (ORDER_NO)
                    WHERE CUST_NO BETWEEN 50001 AND 50020),
                  ' inserted, ',
                  (SELECT COUNT(*) FROM ORDERS WHERE ORDER_NO BETWEEN 10201 AND 10210),
                  ' not deleted')""");
    }

    private static void add(List<List<String>> transactions, int count, IntFunction<List<String>> transaction) {
        for (int i = 0; i < count; i++) {
            transactions.add(transaction.apply(i));
        }
    }
}
