package io.tandem.examples;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.aggregate.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** One customer and one order, as each master holds the same one; values in the order of the tables' columns. */
final class SampleRows {

    private static final BigDecimal LEGACY_CUSTOMER = new BigDecimal("4711");
    private static final BigDecimal LEGACY_ORDER = new BigDecimal("999999999999");
    private static final long CUSTOMER = 4711L;
    private static final long ORDER = 999_999_999_999L;
    private static final BigDecimal LITTLE = new BigDecimal("0.001");
    private static final BigDecimal DEAR = new BigDecimal("99999999.9999");
    private static final BigDecimal DEBT = new BigDecimal("-0.05");

    private SampleRows() {}

    /** The sample of the aggregate with this root table. */
    static AggregateState of(Aggregate aggregate) {
        return switch (aggregate.root().id().name()) {
            case "CUSTOMERS" -> legacyCustomer();
            case "customer" -> modernCustomer();
            case "ORDERS" -> legacyOrder();
            case "sales_order" -> modernOrder();
            default ->
                throw new IllegalArgumentException(
                        "no sample for " + aggregate.root().id());
        };
    }

    private static AggregateState legacyCustomer() {
        Row root = new Row(
                LEGACY_CUSTOMER,
                "Brückner 🌻",
                null,
                "B",
                "19800229",
                DEBT,
                "Y",
                // no home address
                null,
                null,
                null,
                null,
                "Königstraße 1",
                null,
                null,
                "DE",
                // no second phone
                "+49 1",
                null,
                "3",
                "BATCH");
        return AggregateState.of(root, List.of());
    }

    private static AggregateState modernCustomer() {
        LocalDate bornOn = LocalDate.parse("1980-02-29");
        Row root = new Row(CUSTOMER, "Brückner 🌻", null, "BLOCKED", bornOn, DEBT, true, Instant.EPOCH);
        Row work = new Row(CUSTOMER, "WORK", "Königstraße 1", null, null, "DE");
        Row first = new Row(CUSTOMER, (short) 1, "+49 1");
        Row third = new Row(CUSTOMER, (short) 3, "3");
        return AggregateState.of(root, List.of(List.of(work), List.of(first, third)));
    }

    private static AggregateState legacyOrder() {
        LocalDateTime date = LocalDateTime.parse("2026-03-29T02:30:00.000001");
        Row root = new Row(LEGACY_ORDER, LEGACY_CUSTOMER, date, "PD", "EUR", null);
        Row first = new Row(LEGACY_ORDER, (short) 1, "A", LITTLE, DEAR);
        Row seventh = new Row(LEGACY_ORDER, (short) 7, "B", new BigDecimal("2.000"), new BigDecimal("0.0000"));
        return AggregateState.of(root, List.of(List.of(first, seventh)));
    }

    private static AggregateState modernOrder() {
        Instant orderedAt = Instant.parse("2026-03-29T02:30:00.000001Z");
        Row root = new Row(ORDER, CUSTOMER, orderedAt, "PAID", "EUR", null);
        Row first = new Row(ORDER, 1, "A", LITTLE, DEAR);
        Row seventh = new Row(ORDER, 7, "B", new BigDecimal("2.000"), new BigDecimal("0.0000"));
        return AggregateState.of(root, List.of(List.of(first, seventh)));
    }
}
