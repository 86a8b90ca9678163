package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tandem.examples.Comparison;
import io.tandem.examples.ExamplePair;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PairExtension.class)
class AlignmentIT {

    private final ExamplePair pair;

    AlignmentIT(ExamplePair pair) {
        this.pair = pair;
    }

    @Test
    void a_customer_written_on_one_master_arrives_on_the_other() {
        pair.legacy()
                .run(
                        "INSERT INTO CUSTOMERS (CUST_NO, LAST_NAME, FIRST_NAME, STATUS, BIRTH_DATE, CREDIT_LIMIT, NEWSLETTER, "
                                + "ADDR1_STREET, ADDR1_CITY, PHONE2) VALUES "
                                + "(100001, 'Lovelace', 'Ada', 'A', '18151210', 10.50, 'Y', 'St James Square', 'London', '123')");

        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> pair.modern().query("SELECT last_name FROM customer WHERE id = 100001"),
                        "Lovelace"::equals);
        assertThat(pair.modern().query("SELECT city FROM customer_address WHERE customer_id = 100001"))
                .isEqualTo("London");
        assertThat(pair.modern().query("SELECT position FROM customer_phone WHERE customer_id = 100001"))
                .isEqualTo("2");

        pair.modern().run("UPDATE customer SET born_on = NULL, status = 'BLOCKED' WHERE id = 100001");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> pair.legacy().query("SELECT STATUS FROM CUSTOMERS WHERE CUST_NO = 100001"), "B"::equals);
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        new Comparison(pair).compare("customer").differing().isEmpty());
    }
}
