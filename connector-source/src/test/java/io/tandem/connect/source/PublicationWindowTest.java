package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The waits of {@link PublicationWindow}; what it holds back is tested with a database. */
class PublicationWindowTest {

    @Test
    void waits_also_for_the_rest_of_a_millisecond() throws InterruptedException {
        PublicationWindow window = new PublicationWindow(false);
        Duration rest = Duration.ofNanos(900_000);

        long before = System.nanoTime();
        window.awaitAnswer(rest);

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(rest.toNanos());
    }
}
