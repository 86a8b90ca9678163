package io.tandem.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A list of masters may grow at its end while both the shorter and the longer one are in use. */
class GrowingMastersTest {

    // in an order that is not that of the alphabet, by which unlisted writers are told apart
    private static final List<String> ALL = List.of("m", "c", "x", "a");

    /** Every list of up to four masters, and every prefix of it. */
    static Stream<Masters[]> prefixes() {
        return orders(ALL).stream()
                .flatMap(longer -> IntStream.rangeClosed(1, longer.size()).mapToObj(size ->
                        new Masters[] {new Masters(longer.subList(0, size)), new Masters(longer)}));
    }

    /** Every order of every choice. */
    private static List<List<String>> orders(List<String> of) {
        List<List<String>> orders = new ArrayList<>();
        for (String first : of) {
            orders.add(List.of(first));
            List<String> rest = new ArrayList<>(of);
            rest.remove(first);
            for (List<String> more : orders(rest)) {
                List<String> order = new ArrayList<>(List.of(first));
                order.addAll(more);
                orders.add(order);
            }
        }
        return orders;
    }

    private static List<Version> versionsBy(List<String> writers) {
        List<Version> versions = new ArrayList<>();
        for (String writer : writers) {
            for (long timestamp = 1; timestamp <= 3; timestamp++) {
                versions.add(new Version(VectorClock.ZERO.increment(writer), timestamp, writer));
            }
        }
        return versions;
    }

    @ParameterizedTest
    @MethodSource("prefixes")
    void theShorterAndTheLongerListDecideAlikeAboutTheShorterOnesMastersAndOneMore(Masters shorter, Masters longer) {
        TimestampPolicy publishers = new TimestampPolicy(shorter);
        TimestampPolicy receivers = new TimestampPolicy(longer);

        assertThat(receivers.accepts(publishers.id())).isTrue();
        List<String> notListed = new ArrayList<>(List.of("b", "z"));
        longer.ids().stream().filter(id -> !shorter.contains(id)).forEach(notListed::add);
        for (String oneMore : notListed) {
            List<String> writers = new ArrayList<>(shorter.ids());
            writers.add(oneMore);
            for (Version left : versionsBy(writers)) {
                for (Version right : versionsBy(writers)) {
                    assertThat(Integer.signum(receivers.compare(left, right)))
                            .as("%s against %s under %s and %s", left, right, shorter, longer)
                            .isEqualTo(Integer.signum(publishers.compare(left, right)));
                }
            }
        }
    }

    /** Otherwise the test above would also hold for lists that are no prefixes. */
    @Test
    void listsInAnotherOrderDecideOtherwiseAndAreNotAccepted() {
        Version byA = new Version(VectorClock.ZERO.increment("a"), 1, "a");
        Version byC = new Version(VectorClock.ZERO.increment("c"), 1, "c");
        TimestampPolicy one = new TimestampPolicy(new Masters(List.of("a", "c", "x")));
        TimestampPolicy other = new TimestampPolicy(new Masters(List.of("c", "a")));

        assertThat(one.compare(byA, byC)).isPositive();
        assertThat(other.compare(byA, byC)).isNegative();
        assertThat(one.accepts(other.id())).isFalse();
    }

    @Test
    void whatIsNoPrefixIsNotAccepted() {
        TimestampPolicy receivers = new TimestampPolicy(new Masters(List.of("legacy", "modern")));

        assertThat(List.of(
                        "timestamp:legacy,modern,third",
                        "timestamp:modern",
                        "timestamp:modern,legacy",
                        "timestamp:leg",
                        "timestamp:legacy,mod",
                        "timestamp:legacy,",
                        "timestamp:",
                        "timestamp",
                        "",
                        "priority:legacy",
                        "priority:legacy,modern"))
                .noneMatch(receivers::accepts);
    }

    @Test
    void priorityAcceptsItsOwnListOnly() {
        PriorityPolicy receivers = new PriorityPolicy(new Masters(List.of("legacy", "modern")));

        assertThat(receivers.accepts("priority:legacy,modern")).isTrue();
        assertThat(List.of("priority:legacy", "priority:modern,legacy", "timestamp:legacy,modern", "timestamp:legacy"))
                .noneMatch(receivers::accepts);
    }
}
