package io.tandem.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Every clock of three masters with counters 0 to 2, against an oracle that looks at plain counters. */
class VectorClockEnumerationTest {

    private static final List<String> MASTERS = List.of("a", "b", "c");
    private static final List<Counters> ALL = all();

    private record Counters(long a, long b, long c) {

        VectorClock clock() {
            return Clocks.clock(a, b, c);
        }

        long of(String master) {
            return master.equals("a") ? a : master.equals("b") ? b : c;
        }

        boolean atMost(Counters other) {
            return a <= other.a && b <= other.b && c <= other.c;
        }
    }

    private static List<Counters> all() {
        List<Counters> all = new ArrayList<>();
        for (int i = 0; i < 27; i++) {
            all.add(new Counters(i / 9, i / 3 % 3, i % 3));
        }
        return all;
    }

    private static boolean atMost(VectorClock left, VectorClock right) {
        ClockOrder order = left.compare(right);
        return order == ClockOrder.BEFORE || order == ClockOrder.EQUAL;
    }

    private static ClockOrder pointwise(Counters left, Counters right) {
        if (left.atMost(right)) {
            return right.atMost(left) ? ClockOrder.EQUAL : ClockOrder.BEFORE;
        }
        return right.atMost(left) ? ClockOrder.AFTER : ClockOrder.CONCURRENT;
    }

    @Test
    void orderIsThePointwiseOrderOfTheCounters() {
        forPairs((left, right) -> left.clock().compare(right.clock()) == pointwise(left, right));
    }

    @Test
    void orderIsReflexive() {
        for (Counters counters : ALL) {
            assertThat(counters.clock().compare(counters.clock())).isEqualTo(ClockOrder.EQUAL);
        }
    }

    @Test
    void orderIsAntisymmetric() {
        forPairs((left, right) -> {
            VectorClock x = left.clock();
            VectorClock y = right.clock();
            return !(atMost(x, y) && atMost(y, x)) || x.equals(y);
        });
    }

    @Test
    void orderSeenFromTheOtherSideIsTheReverse() {
        Map<ClockOrder, ClockOrder> reverse = Map.of(
                ClockOrder.EQUAL, ClockOrder.EQUAL,
                ClockOrder.BEFORE, ClockOrder.AFTER,
                ClockOrder.AFTER, ClockOrder.BEFORE,
                ClockOrder.CONCURRENT, ClockOrder.CONCURRENT);

        forPairs((left, right) ->
                left.clock().compare(right.clock()) == reverse.get(right.clock().compare(left.clock())));
    }

    @Test
    void orderIsTransitive() {
        forTriples((x, y, z) -> !(atMost(x, y) && atMost(y, z)) || atMost(x, z));
    }

    @Test
    void clocksAreEqualExactlyIfTheirCountersAreAndThenTheirHashesAre() {
        forPairs((left, right) -> {
            VectorClock x = left.clock();
            VectorClock y = right.clock();
            return x.equals(y) == left.equals(right) && (!x.equals(y) || x.hashCode() == y.hashCode());
        });
    }

    @Test
    void mergeIsThePointwiseMaximum() {
        forPairs((left, right) -> {
            Counters maximum = new Counters(
                    Math.max(left.a(), right.a()), Math.max(left.b(), right.b()), Math.max(left.c(), right.c()));
            return left.clock().merge(right.clock()).equals(maximum.clock());
        });
    }

    @Test
    void mergeIsTheLeastUpperBound() {
        forPairs((left, right) -> {
            VectorClock merged = left.clock().merge(right.clock());
            return atMost(left.clock(), merged) && atMost(right.clock(), merged);
        });
        forTriples((x, y, bound) -> !(atMost(x, bound) && atMost(y, bound)) || atMost(x.merge(y), bound));
    }

    @Test
    void mergeIsCommutative() {
        forPairs((left, right) ->
                left.clock().merge(right.clock()).equals(right.clock().merge(left.clock())));
    }

    @Test
    void mergeIsAssociative() {
        forTriples((x, y, z) -> x.merge(y).merge(z).equals(x.merge(y.merge(z))));
    }

    @Test
    void mergeIsIdempotent() {
        for (Counters counters : ALL) {
            assertThat(counters.clock().merge(counters.clock())).isEqualTo(counters.clock());
        }
        forTriples((x, y, z) -> x.merge(y).merge(y).equals(x.merge(y)));
    }

    @Test
    void mergeWithAKnownClockMakesNoNewOne() {
        for (Counters more : ALL) {
            for (Counters less : ALL.stream().filter(each -> each.atMost(more)).toList()) {
                VectorClock knowing = more.clock();

                assertThat(knowing.merge(less.clock())).isSameAs(knowing);
                if (!less.equals(more)) {
                    assertThat(less.clock().merge(knowing)).isSameAs(knowing);
                }
            }
        }
    }

    @Test
    void incrementCountsOneMasterUpByOneAndComesAfter() {
        for (Counters counters : ALL) {
            for (String master : MASTERS) {
                VectorClock next = counters.clock().increment(master);

                assertThat(next.compare(counters.clock())).isEqualTo(ClockOrder.AFTER);
                for (String each : MASTERS) {
                    assertThat(next.counter(each)).isEqualTo(counters.of(each) + (each.equals(master) ? 1 : 0));
                }
            }
        }
    }

    @Test
    void zeroCountersEqualAbsentOnes() {
        for (Counters counters : ALL) {
            Map<String, Long> named = new HashMap<>();
            MASTERS.forEach(master -> named.put(master, counters.of(master)));
            Map<String, Long> withoutZeros = new HashMap<>(named);
            withoutZeros.values().removeIf(counter -> counter == 0);

            VectorClock withZeros = VectorClock.of(named);
            VectorClock without = VectorClock.of(withoutZeros);

            assertThat(withZeros).isEqualTo(without).hasSameHashCodeAs(without).hasToString(without.toString());
            assertThat(withZeros.compare(without)).isEqualTo(ClockOrder.EQUAL);
            assertThat(withZeros.toMap()).isEqualTo(withoutZeros);
        }
    }

    @Test
    void countersAreReadBackAsGiven() {
        for (Counters counters : ALL) {
            VectorClock clock = counters.clock();

            MASTERS.forEach(master -> assertThat(clock.counter(master)).isEqualTo(counters.of(master)));
            assertThat(clock.counter("0 sorts first")).isZero();
            assertThat(clock.counter("z sorts last")).isZero();
            assertThat(VectorClock.of(clock.toMap())).isEqualTo(clock);
        }
    }

    private static void forPairs(BiPredicate<Counters, Counters> holds) {
        for (Counters left : ALL) {
            for (Counters right : ALL) {
                assertThat(holds.test(left, right)).as("%s and %s", left, right).isTrue();
            }
        }
    }

    private interface OfThree {
        boolean test(VectorClock x, VectorClock y, VectorClock z);
    }

    private static void forTriples(OfThree holds) {
        List<VectorClock> clocks = ALL.stream().map(Counters::clock).toList();
        for (VectorClock x : clocks) {
            for (VectorClock y : clocks) {
                for (VectorClock z : clocks) {
                    assertThat(holds.test(x, y, z)).as("%s, %s, %s", x, y, z).isTrue();
                }
            }
        }
    }
}
