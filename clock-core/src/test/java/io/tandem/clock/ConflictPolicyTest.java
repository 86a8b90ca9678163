package io.tandem.clock;

import static io.tandem.clock.Clocks.clock;
import static io.tandem.clock.Clocks.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What both shipped policies promise, and what each of them decides. */
class ConflictPolicyTest {

    private static final Masters MODERN_FIRST = new Masters(List.of("modern", "legacy"));
    private static final TimestampPolicy BY_TIMESTAMP = new TimestampPolicy(MODERN_FIRST);
    private static final PriorityPolicy BY_PRIORITY = new PriorityPolicy(MODERN_FIRST);
    static final List<ConflictPolicy> POLICIES = List.of(BY_TIMESTAMP, BY_PRIORITY);

    private static Version by(String writer, long timestampMicros) {
        return version(clock(1, 1), timestampMicros, writer);
    }

    /** Two listed writers and two that are not listed (any more). */
    private static List<Version> manyVersions() {
        List<Version> versions = new ArrayList<>();
        for (String writer : List.of("modern", "legacy", "archive", "retired")) {
            for (long timestamp = 1; timestamp <= 3; timestamp++) {
                versions.add(by(writer, timestamp));
            }
        }
        return versions;
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    void isATotalOrderThatEndsInATieOnlyForTheSameWrite(ConflictPolicy policy) {
        List<Version> versions = manyVersions();
        for (Version x : versions) {
            for (Version y : versions) {
                int order = policy.compare(x, y);
                assertThat(Integer.signum(order))
                        .as("%s against %s", x, y)
                        .isEqualTo(-Integer.signum(policy.compare(y, x)));
                assertThat(order == 0).as("%s ties with %s", x, y).isEqualTo(x.sameWrite(y));
                for (Version z : versions) {
                    assertThat(order > 0 && policy.compare(y, z) > 0 && policy.compare(x, z) <= 0)
                            .as("a circle of %s, %s, %s", x, y, z)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void byTimestampTheLaterOneWinsWhateverTheRank() {
        assertThat(BY_TIMESTAMP.compare(by("legacy", 11), by("modern", 10))).isPositive();
        assertThat(BY_TIMESTAMP.latestWins()).isTrue();
    }

    @Test
    void byTimestampATieGoesToTheMasterListedFirst() {
        assertThat(BY_TIMESTAMP.compare(by("modern", 10), by("legacy", 10))).isPositive();
        assertThat(BY_TIMESTAMP.compare(by("legacy", 10), by("modern", 10))).isNegative();
        assertThat(BY_TIMESTAMP.compare(by("legacy", 10), by("archive", 10))).isPositive();
    }

    @Test
    void byPriorityTheMasterListedFirstWinsWhateverTheTimestamp() {
        assertThat(BY_PRIORITY.compare(by("modern", 1), by("legacy", 10))).isPositive();
        assertThat(BY_PRIORITY.compare(by("legacy", 10), by("modern", 1))).isNegative();
        assertThat(BY_PRIORITY.latestWins()).isFalse();
    }

    @Test
    void byPriorityTheLaterOfTwoVersionsByOneWriterWins() {
        assertThat(BY_PRIORITY.compare(by("legacy", 11), by("legacy", 10))).isPositive();
    }

    @Test
    void theIdNamesThePolicyAndTheRankingItDependsOn() {
        assertThat(BY_TIMESTAMP.id()).isEqualTo("timestamp:modern,legacy");
        assertThat(BY_PRIORITY.id()).isEqualTo("priority:modern,legacy");
        assertThat(new TimestampPolicy(new Masters(List.of("legacy", "modern"))).id())
                .isNotEqualTo(BY_TIMESTAMP.id());
    }

    static Stream<Masters> notTwoMasters() {
        return Stream.of(new Masters(List.of("a")), Clocks.THREE_MASTERS);
    }

    @ParameterizedTest
    @MethodSource("notTwoMasters")
    void priorityIsRefusedForAnyOtherNumberThanTwoMasters(Masters masters) {
        assertThatThrownBy(() -> new PriorityPolicy(masters))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two masters only")
                .hasMessageContaining(masters.size() + " (" + masters + ")")
                .hasMessageContaining("use 'timestamp'");
    }
}
