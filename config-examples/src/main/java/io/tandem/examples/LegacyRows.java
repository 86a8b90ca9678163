package io.tandem.examples;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the legacy master has from its life before Tandem: the same ones every time, and as varied as real ones.
 * Customers above {@link #LAST_WITH_ORDERS} have no orders, so they can be deleted.
 */
final class LegacyRows {

    static final int CUSTOMERS = 1000;
    static final int ORDERS = 2000;

    /** The first order's number is one more. */
    static final int ORDER_BASE = 10_000;

    private static final int LAST_WITH_ORDERS = 950;

    private static final List<String> LAST_NAMES = List.of(
            "Müller",
            "O'Brien",
            "Nguyễn",
            "Østergård",
            "García López",
            "Łukasiewicz",
            "Παπαδόπουλος",
            "Иванова",
            "李",
            "de Souza",
            "Smith-Jones",
            "Blume 🌻",
            "Þórsdóttir",
            "İnönü",
            "van 't Hoff",
            "Weiß");
    private static final List<String> FIRST_NAMES =
            List.of("Zoë", "Jürgen", "Anaïs", "Ada 🚀", "Łucja", "Jean-Luc", "Σοφία", "小龙", "Bob");
    private static final List<String> STREETS =
            List.of("Königstraße", "Rue de l'Église", "C/ Peñalver", "Ul. Żelazna", "Main St \"A\"", "100% Avenue");
    private static final List<String> CITIES = List.of("Köln", "Liège", "Cádiz", "Łódź", "Tromsø", "São Paulo");
    private static final List<String> COUNTRIES = List.of("DE", "BE", "ES", "PL", "NO", "BR");
    private static final List<String> STATES = List.of("NW", "PD", "SH", "CX");
    private static final List<String> CURRENCIES = List.of("EUR", "USD", "JPY");
    private static final LocalDate OLDEST = LocalDate.of(1932, 2, 29);
    private static final LocalDateTime FIRST_ORDER = LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999_999_000);

    private LegacyRows() {}

    /** Inserts them as the application would, in one transaction. */
    static void insert(Master legacy) {
        try (Connection connection = legacy.application()) {
            connection.setAutoCommit(false);
            customers(connection);
            orders(connection);
            lines(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot insert the legacy rows: " + e.getMessage(), e);
        }
    }

    private static void customers(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO CUSTOMERS (CUST_NO, LAST_NAME, FIRST_NAME, STATUS, BIRTH_DATE, CREDIT_LIMIT, NEWSLETTER,
                  ADDR1_STREET, ADDR1_ZIP, ADDR1_CITY, ADDR1_COUNTRY, ADDR2_STREET, ADDR2_ZIP, ADDR2_CITY, ADDR2_COUNTRY,
                  PHONE1, PHONE2, PHONE3) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            for (int i = 1; i <= CUSTOMERS; i++) {
                boolean home = i % 5 != 0;
                boolean work = i % 3 == 0;
                add(
                        insert,
                        i,
                        pick(LAST_NAMES, i) + (i % 4 == 0 ? " " + i : ""),
                        i % 6 == 0 ? null : pick(FIRST_NAMES, i),
                        i % 10 == 0 ? "C" : i % 7 == 0 ? "B" : "A",
                        birthDate(i),
                        i % 13 == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(i * 7919L % 10_000_000, 2),
                        i % 2 == 0 ? "Y" : "N",
                        home ? pick(STREETS, i) + " " + i : null,
                        home && i % 4 != 0 ? String.format("%05d", i * 97 % 100_000) : null,
                        home ? pick(CITIES, i) : null,
                        home && i % 9 != 0 ? pick(COUNTRIES, i) : null,
                        work ? pick(STREETS, i + 1) : null,
                        work ? String.valueOf(10_000 + i) : null,
                        work && i % 2 == 0 ? pick(CITIES, i + 1) : null,
                        work ? pick(COUNTRIES, i + 1) : null,
                        (i & 1) == 0 ? "+49 221 " + (1000 + i) : null,
                        (i & 2) == 0 ? "0" + (2_000_000 + i) : null,
                        (i & 4) == 0 ? "(" + i + ") ext. 7" : null);
            }
            insert.executeBatch();
        }
    }

    /** The legacy application has two spellings of an unknown date. */
    private static @Nullable String birthDate(int i) {
        if (i % 7 == 0) {
            return null;
        }
        return i % 11 == 0 ? "00000000" : OLDEST.plusDays(i * 27L).format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static void orders(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ORDERS (ORDER_NO, CUST_NO, ORDER_DATE, STATE, CURRENCY, REMARK) VALUES (?, ?, ?, ?, ?, ?)")) {
            for (int i = 1; i <= ORDERS; i++) {
                add(
                        insert,
                        ORDER_BASE + i,
                        1 + i * 37 % LAST_WITH_ORDERS,
                        FIRST_ORDER.plusHours(7L * i).plusNanos(1000L * i),
                        pick(STATES, i),
                        pick(CURRENCIES, i),
                        i % 3 == 0 ? null : i % 8 == 0 ? "" : "please ring twice 🔔 " + i);
            }
            insert.executeBatch();
        }
    }

    /** None to five lines for an order. */
    private static void lines(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ORDER_LINES (ORDER_NO, LINE_NO, ARTICLE, QTY, UNIT_PRICE) VALUES (?, ?, ?, ?, ?)")) {
            for (int i = 1; i <= ORDERS; i++) {
                for (int line = 1; line <= i % 6; line++) {
                    add(
                            insert,
                            ORDER_BASE + i,
                            line,
                            "ART-" + (i * 31 + line) % 500,
                            BigDecimal.valueOf(i * 125L % 40_000 + line, 3),
                            BigDecimal.valueOf(i * 9973L % 1_000_000 + line, 4));
                }
            }
            insert.executeBatch();
        }
    }

    private static void add(PreparedStatement insert, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
        insert.addBatch();
    }

    private static String pick(List<String> values, int i) {
        return values.get(i % values.size());
    }
}
