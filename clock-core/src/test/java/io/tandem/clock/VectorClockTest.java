package io.tandem.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorClockTest {

    @Test
    void zeroKnowsOfNoWrite() {
        assertThat(VectorClock.ZERO.counter("legacy")).isZero();
        assertThat(VectorClock.ZERO.toMap()).isEmpty();
        assertThat(VectorClock.ZERO).isEqualTo(VectorClock.of(Map.of())).hasToString("{}");
    }

    @Test
    void aClockWithoutCountersAboveZeroIsTheOneThatKnowsOfNoWrite() {
        assertThat(VectorClock.of(Map.of("legacy", 0L, "modern", 0L))).isSameAs(VectorClock.ZERO);
    }

    @Test
    void hashesTellMostClocksApart() {
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 27; i++) {
            hashes.add(Clocks.clock(i / 9, i / 3 % 3, i % 3).hashCode());
        }

        assertThat(hashes).hasSizeGreaterThan(20);
    }

    @Test
    void textNamesTheMastersSortedAndLeavesZerosOut() {
        VectorClock clock = VectorClock.of(Map.of("modern", 1L, "legacy", 3L, "archive", 0L));

        assertThat(clock).hasToString("{legacy:3, modern:1}");
    }

    @Test
    void mastersAreSortedByIdWhateverTheOrderOfTheGivenMap() {
        SortedMap<String, Long> backwards = new TreeMap<>(Collections.reverseOrder());
        backwards.putAll(Map.of("a", 1L, "b", 2L, "c", 3L));

        VectorClock clock = VectorClock.of(backwards);

        assertThat(clock).isEqualTo(Clocks.clock(1, 2, 3)).hasToString("{a:1, b:2, c:3}");
        assertThat(clock.counter("c")).isEqualTo(3);
    }

    @Test
    void isNotEqualToAClockOfAnotherMasterNorToAnotherType() {
        VectorClock clock = VectorClock.of(Map.of("a", 1L));

        assertThat(clock)
                .isNotEqualTo(VectorClock.of(Map.of("b", 1L)))
                .isNotEqualTo(Map.of("a", 1L))
                .isNotEqualTo(null);
        assertThat(clock.compare(VectorClock.of(Map.of("b", 1L)))).isEqualTo(ClockOrder.CONCURRENT);
    }

    @Test
    void countersAreComparedAsLongs() {
        VectorClock less = VectorClock.of(Map.of("a", 1L));
        VectorClock more = VectorClock.of(Map.of("a", 1L + (1L << 32)));

        assertThat(less.compare(more)).isEqualTo(ClockOrder.BEFORE);
        assertThat(less.merge(more)).isEqualTo(more);
    }

    @Test
    void incrementLeavesTheClockItselfAsItIs() {
        VectorClock clock = Clocks.clock(1, 2);

        VectorClock next = clock.increment("c");

        assertThat(next).isEqualTo(Clocks.clock(1, 2, 1));
        assertThat(clock).isEqualTo(Clocks.clock(1, 2));
    }

    @Test
    void laterChangesOfTheGivenOrTheReturnedMapDoNotReachTheClock() {
        Map<String, Long> given = new HashMap<>(Map.of("a", 1L));
        VectorClock clock = VectorClock.of(given);

        given.put("a", 7L);
        clock.toMap().put("b", 7L);

        assertThat(clock).isEqualTo(Clocks.clock(1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void aBlankMasterIsRefused(String blank) {
        assertThatThrownBy(() -> VectorClock.of(Map.of(blank, 1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blank");
        assertThatThrownBy(() -> VectorClock.of(Map.of("a", 1L, blank, 0L)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VectorClock.ZERO.increment(blank)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNegativeCounterIsRefusedAndTheMasterNamed() {
        assertThatThrownBy(() -> VectorClock.of(Map.of("legacy", -1L, "modern", 1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'legacy'")
                .hasMessageContaining("-1");
    }

    @Test
    void aCounterAtItsEndIsAnErrorAndNeverWrapsAround() {
        VectorClock full = VectorClock.of(Map.of("a", Long.MAX_VALUE));

        assertThatThrownBy(() -> full.increment("a")).isInstanceOf(ArithmeticException.class);
        assertThat(full.increment("b").counter("b")).isEqualTo(1);
    }
}
