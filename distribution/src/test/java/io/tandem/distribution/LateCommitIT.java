package io.tandem.distribution;

import static org.awaitility.Awaitility.await;

import io.tandem.examples.ExamplePair;
import io.tandem.examples.Master;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pending is a state, not a position: what commits late is not missed. */
@ExtendWith(PairExtension.class)
class LateCommitIT {

    private static final int LATER = 100;

    private final ExamplePair pair;

    LateCommitIT(ExamplePair pair) {
        this.pair = pair;
    }

    @Test
    void a_transaction_that_commits_after_100_later_ones_were_published_arrives_from_legacy() throws SQLException {
        test(
                pair.legacy(),
                pair.modern(),
                310_000,
                "INSERT INTO CUSTOMERS (CUST_NO, LAST_NAME, STATUS, CREDIT_LIMIT, NEWSLETTER) VALUES (%d, 'x', 'A', 0, 'N')",
                "SELECT COUNT(*) FROM customer WHERE id BETWEEN %d AND %d");
    }

    @Test
    void a_transaction_that_commits_after_100_later_ones_were_published_arrives_from_modern() throws SQLException {
        test(
                pair.modern(),
                pair.legacy(),
                320_000,
                "INSERT INTO customer (id, last_name, status, credit_limit, newsletter) VALUES (%d, 'x', 'ACTIVE', 0, false)",
                "SELECT COUNT(*) FROM CUSTOMERS WHERE CUST_NO BETWEEN %d AND %d");
    }

    private static void test(Master source, Master target, int first, String insert, String count) throws SQLException {
        try (Connection late = source.application();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute(insert.formatted(first));

            List<String> later = IntStream.rangeClosed(first + 1, first + LATER)
                    .mapToObj(insert::formatted)
                    .toList();
            later.forEach(source::run);
            await("the later ones arrive")
                    .atMost(Await.LIMIT)
                    .until(() -> target.query(count.formatted(first, first + LATER)), String.valueOf(LATER)::equals);
            late.commit();
        }

        await("the late one arrives")
                .atMost(Await.LIMIT)
                .until(() -> target.query(count.formatted(first, first)), "1"::equals);
    }
}
