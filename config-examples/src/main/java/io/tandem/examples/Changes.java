package io.tandem.examples;

import java.util.List;

/** A change, an insert, a delete and changes of child rows, on each side. The keys are those of {@link LegacyRows}. */
final class Changes {

    /** What the legacy application does. */
    static final List<Change> ON_LEGACY = List.of(
            new Change(
                    "UPDATE CUSTOMERS 17",
                    List.of("UPDATE CUSTOMERS SET LAST_NAME = 'Brückner-Ødegård', CREDIT_LIMIT = 9999999999.99"
                            + " WHERE CUST_NO = 17"),
                    "last_name, credit_limit",
                    "SELECT last_name || ', ' || credit_limit FROM customer WHERE id = 17",
                    "Brückner-Ødegård, 9999999999.99"),
            new Change(
                    "INSERT CUSTOMERS 2001",
                    List.of("INSERT INTO CUSTOMERS (CUST_NO, LAST_NAME, FIRST_NAME, STATUS, BIRTH_DATE, CREDIT_LIMIT,"
                            + " NEWSLETTER, ADDR2_STREET, ADDR2_CITY, ADDR2_COUNTRY, PHONE1, PHONE3) VALUES (2001,"
                            + " 'Lovelace', 'Ada 👩‍💻', 'A', '18151210', 18.43, 'Y', 'St James''s Square', 'London',"
                            + " 'GB', '1', '3')"),
                    "born_on, addresses, phones",
                    "SELECT born_on || ', ' || (SELECT string_agg(kind, '+') FROM customer_address WHERE customer_id = id)"
                            + " || ', ' || (SELECT string_agg(position::text, '+' ORDER BY position) FROM customer_phone"
                            + " WHERE customer_id = id) FROM customer WHERE id = 2001",
                    "1815-12-10, WORK, 1+3"),
            new Change(
                    "INSERT ORDERS 20001, 2 ORDER_LINES",
                    List.of(
                            "INSERT INTO ORDERS (ORDER_NO, CUST_NO, ORDER_DATE, STATE, CURRENCY) VALUES (20001, 2001,"
                                    + " '2026-03-29 02:30:00.000001', 'NW', 'GBP')",
                            "INSERT INTO ORDER_LINES VALUES (20001, 1, 'CARDS', 1000, 0.0125), (20001, 2, 'GEAR', 0.5, 12)"),
                    "articles",
                    "SELECT string_agg(article, '+' ORDER BY line_no) FROM sales_order_line WHERE order_id = 20001",
                    "CARDS+GEAR"),
            new Change(
                    "UPDATE, DELETE, INSERT only ORDER_LINES of 10005",
                    List.of(
                            "UPDATE ORDER_LINES SET QTY = 12.5 WHERE ORDER_NO = 10005 AND LINE_NO = 1",
                            "DELETE FROM ORDER_LINES WHERE ORDER_NO = 10005 AND LINE_NO = 2",
                            "INSERT INTO ORDER_LINES VALUES (10005, 9, 'NEW', 1, 1)"),
                    "lines, first quantity",
                    "SELECT string_agg(line_no::text, '+' ORDER BY line_no) || ', ' || max(quantity) FILTER"
                            + " (WHERE line_no = 1) FROM sales_order_line WHERE order_id = 10005",
                    "1+3+4+5+9, 12.500"),
            new Change(
                    "DELETE CUSTOMERS 1000",
                    List.of("DELETE FROM CUSTOMERS WHERE CUST_NO = 1000"),
                    "rows",
                    "SELECT count(*) FROM customer WHERE id = 1000",
                    "0"),
            new Change(
                    "DELETE ORDERS 10010 with its ORDER_LINES",
                    List.of("DELETE FROM ORDERS WHERE ORDER_NO = 10010"),
                    "rows, its lines counted",
                    "SELECT (SELECT count(*) FROM sales_order WHERE id = 10010)"
                            + " + (SELECT count(*) FROM sales_order_line WHERE order_id = 10010)",
                    "0"));

    /** What the modern application does. */
    static final List<Change> ON_MODERN = List.of(
            new Change(
                    "UPDATE customer 18",
                    List.of("UPDATE customer SET status = 'BLOCKED', born_on = '1980-02-29' WHERE id = 18"),
                    "STATUS, BIRTH_DATE",
                    "SELECT CONCAT(STATUS, ', ', BIRTH_DATE) FROM CUSTOMERS WHERE CUST_NO = 18",
                    "B, 19800229"),
            new Change(
                    "INSERT customer 3001, customer_address, customer_phone",
                    List.of(
                            "INSERT INTO customer (id, last_name, status, credit_limit, newsletter) VALUES (3001,"
                                    + " 'Ἀρχιμήδης 🛁', 'ACTIVE', 0, false)",
                            "INSERT INTO customer_address VALUES (3001, 'HOME', 'Via Eureka 1', NULL, 'Siracusa', 'IT')",
                            "INSERT INTO customer_phone VALUES (3001, 2, '+39 0931')"),
                    "LAST_NAME, ADDR1_CITY, PHONE2, ENTRY_USER",
                    "SELECT CONCAT_WS(', ', LAST_NAME, ADDR1_CITY, PHONE2, ENTRY_USER) FROM CUSTOMERS WHERE CUST_NO = 3001",
                    "Ἀρχιμήδης 🛁, Siracusa, +39 0931, BATCH"),
            new Change(
                    "INSERT sales_order 30001, sales_order_line",
                    List.of(
                            "INSERT INTO sales_order VALUES (30001, 3001, '2026-10-25 02:30:00+02', 'PAID', 'EUR', 'crown')",
                            "INSERT INTO sales_order_line VALUES (30001, 1, 'GOLD', 0.001, 77.7777)"),
                    "ORDER_DATE in UTC, STATE, ARTICLE, QTY",
                    "SELECT CONCAT_WS(', ', DATE_FORMAT(ORDER_DATE, '%H:%i'), STATE, ARTICLE, QTY) FROM ORDERS"
                            + " JOIN ORDER_LINES USING (ORDER_NO) WHERE ORDER_NO = 30001",
                    "00:30, PD, GOLD, 0.001"),
            new Change(
                    "DELETE a customer_address of 21, UPDATE a customer_phone",
                    List.of(
                            "DELETE FROM customer_address WHERE customer_id = 21 AND kind = 'WORK'",
                            "UPDATE customer_phone SET number = '☎ 110' WHERE customer_id = 21 AND position = 2"),
                    "ADDR2_STREET, PHONE2",
                    "SELECT CONCAT_WS(', ', COALESCE(ADDR2_STREET, 'NULL'), PHONE2) FROM CUSTOMERS WHERE CUST_NO = 21",
                    "NULL, ☎ 110"),
            new Change(
                    "UPDATE only a sales_order_line of 10011",
                    List.of("UPDATE sales_order_line SET quantity = 0.125 WHERE order_id = 10011 AND line_no = 1"),
                    "QTY",
                    "SELECT QTY FROM ORDER_LINES WHERE ORDER_NO = 10011 AND LINE_NO = 1",
                    "0.125"),
            new Change(
                    "DELETE customer 999",
                    List.of("DELETE FROM customer WHERE id = 999"),
                    "rows",
                    "SELECT COUNT(*) FROM CUSTOMERS WHERE CUST_NO = 999",
                    "0"));

    private Changes() {}
}
