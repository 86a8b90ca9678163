package io.tandem.distribution;

import io.tandem.examples.Master;

/** The statements of the two applications. */
record ApplicationSql(String rename, String quantity, String remark, String deleteLine, String insertLine) {

    /** A state of an order that the legacy application knows. */
    static final String LEGACY_ORDER_STATE = "NW";

    static ApplicationSql of(Master master) {
        return master.id().equals("legacy") ? legacy() : modern();
    }

    private static ApplicationSql legacy() {
        return new ApplicationSql(
                "UPDATE CUSTOMERS SET LAST_NAME = ? WHERE CUST_NO = ?",
                "UPDATE ORDER_LINES SET QTY = ? WHERE ORDER_NO = ? AND LINE_NO = ?",
                "UPDATE ORDERS SET REMARK = ? WHERE ORDER_NO = ?",
                "DELETE FROM ORDER_LINES WHERE ORDER_NO = ? AND LINE_NO = ?",
                "INSERT INTO ORDER_LINES (ORDER_NO, LINE_NO, ARTICLE, QTY, UNIT_PRICE) VALUES (?, ?, ?, ?, 1.25)");
    }

    private static ApplicationSql modern() {
        return new ApplicationSql(
                "UPDATE customer SET last_name = ? WHERE id = ?",
                "UPDATE sales_order_line SET quantity = ? WHERE order_id = ? AND line_no = ?",
                "UPDATE sales_order SET remark = ? WHERE id = ?",
                "DELETE FROM sales_order_line WHERE order_id = ? AND line_no = ?",
                "INSERT INTO sales_order_line (order_id, line_no, article, quantity, unit_price) "
                        + "VALUES (?, ?, ?, ?, 1.25)");
    }
}
