package io.tandem.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.clock.Simulation.Delivery;
import io.tandem.clock.Simulation.State;
import io.tandem.clock.Simulation.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The invariants that the Javadoc of the production classes names, in simulated histories of two and three masters. */
class AlignmentInvariantsTest {

    static final List<Histories> HISTORIES = Histories.ALL;

    @ParameterizedTest
    @FieldSource("HISTORIES")
    @DisplayName("Invariant: convergence")
    void allMastersEndAlikeWhateverTheOrderGroupingAndRepetition(Histories histories) {
        histories.forEach(history -> {
            State end = history.state("a");
            for (String master : history.masters()) {
                assertThat(history.state(master)).as("%s", history).isEqualTo(end);
            }
            // a receiver of its own ends alike too, be it that it only ever hears of the writes
            Random random = new Random(history.writes().size());
            List<State> states = history.sentStates();
            List<State> writes = history.writes().stream().map(Write::after).toList();
            assertThat(takenInAnyOrder(history, writes, random))
                    .as("%s", history)
                    .isEqualTo(end);
            assertThat(takenInAnyOrder(history, states, random))
                    .as("%s", history)
                    .isEqualTo(end);
            for (int i = 0; i < 20; i++) {
                State x = any(states, random);
                State y = any(states, random);
                State z = any(states, random);
                assertThat(history.join(history.join(x, y), z))
                        .as("%s, %s, %s in %s", x, y, z, history)
                        .isEqualTo(history.join(x, history.join(y, z)))
                        .isEqualTo(history.join(z, history.join(y, x)));
            }
        });
    }

    @ParameterizedTest
    @FieldSource("HISTORIES")
    @DisplayName("Invariant: causality")
    void whatKnowsMoreReplacesWhatKnowsLess(Histories histories) {
        histories.forEach(history -> forPairs(history, (stored, incoming) -> {
            boolean knowsAll = incoming.knows().containsAll(stored.knows());
            boolean allKnown = stored.knows().containsAll(incoming.knows());
            Outcome outcome = history.decide(stored, incoming).outcome();
            if (knowsAll && allKnown) {
                assertThat(outcome).as("%s", history).isEqualTo(Outcome.DUPLICATE);
            } else if (allKnown) {
                assertThat(outcome).as("%s", history).isEqualTo(Outcome.STALE);
            } else if (knowsAll) {
                assertThat(outcome).as("%s", history).isEqualTo(Outcome.APPLY);
            } else {
                assertThat(outcome.isConflict()).as("%s", history).isEqualTo(outcome != Outcome.MERGE);
            }
            if (histories.latestWins() && knowsAll && !stored.data().equals(incoming.data())) {
                assertThat(history.policy().compare(incoming.version(), stored.version()))
                        .as("%s", history)
                        .isPositive();
            }
        }));
    }

    @ParameterizedTest
    @FieldSource("HISTORIES")
    @DisplayName("Invariant: no lost update unless overruled and recorded")
    void aWriteDisappearsOnlyIfItWasOverwrittenOrAnOutcomeSaidThatItWasOverruled(Histories histories) {
        histories.forEach(history -> {
            Set<String> accountedFor = new HashSet<>();
            accountedFor.add(history.state("a").data());
            for (Write write : history.writes()) {
                accountedFor.add(write.before().data());
            }
            for (Delivery delivery : history.deliveries()) {
                if (delivery.decision().outcome().isConflict()) {
                    boolean storedLost = delivery.decision().outcome().takesIncomingData();
                    accountedFor.add((storedLost ? delivery.stored() : delivery.incoming()).data());
                }
            }
            for (Write write : history.writes()) {
                assertThat(accountedFor)
                        .as("%s", history)
                        .contains(write.after().data());
            }
        });
    }

    @ParameterizedTest
    @FieldSource("HISTORIES")
    @DisplayName("Invariant: idempotence")
    void whatWasTakenInBeforeChangesNothing(Histories histories) {
        histories.forEach(history -> {
            forPairs(history, (stored, incoming) -> {
                State once = history.join(stored, incoming);
                Decision again = history.decide(once, incoming);
                assertThat(again.version(once.version(), incoming.version()))
                        .as("%s", history)
                        .isEqualTo(once.version());
                assertThat(again.outcome()).as("%s", history).isIn(Outcome.DUPLICATE, Outcome.STALE);
            });
            for (State known : history.sentStates()) {
                for (String master : history.masters()) {
                    assertThat(history.join(history.state(master), known))
                            .as("%s", history)
                            .isEqualTo(history.state(master));
                }
            }
        });
    }

    @ParameterizedTest
    @FieldSource("HISTORIES")
    @DisplayName("Invariant: clocks are merged on both outcomes")
    void afterReconcilingTheClockIsThePointwiseMaximumAndNothingIsCountedUp(Histories histories) {
        EnumSet<Outcome> seen = EnumSet.noneOf(Outcome.class);
        histories.forEach(history -> {
            forPairs(history, (stored, incoming) -> {
                TreeMap<String, Long> maximum =
                        new TreeMap<>(stored.version().clock().toMap());
                incoming.version().clock().toMap().forEach((master, counter) -> {
                    maximum.merge(master, counter, Math::max);
                });
                Decision decision = history.decide(stored, incoming);
                seen.add(decision.outcome());
                assertThat(decision.version(stored.version(), incoming.version())
                                .clock()
                                .toMap())
                        .as("%s", history)
                        .isEqualTo(maximum);
            });
            for (String master : history.masters()) {
                assertThat(history.state(master).version().clock().counter(master))
                        .as("%s", history)
                        .isEqualTo(history.writesOf(master));
            }
        });
        // two states that show one write and are yet concurrent need a third master
        EnumSet<Outcome> possible = EnumSet.allOf(Outcome.class);
        possible.removeIf(
                outcome -> outcome == Outcome.MERGE && histories.masters().size() == 2);
        assertThat(seen).isEqualTo(possible);
    }

    @ParameterizedTest
    @FieldSource("HISTORIES")
    @DisplayName("Invariant: one write, one stamp")
    void versionsWithTheSameStampShowTheSameData(Histories histories) {
        histories.forEach(history -> forPairs(history, (left, right) -> {
            // by priority an overruled stamp may come again, but only where the clocks tell the two writes apart
            ClockOrder order = left.version().clock().compare(right.version().clock());
            if (histories.latestWins() || order == ClockOrder.EQUAL || order == ClockOrder.CONCURRENT) {
                assertThat(left.version().sameWrite(right.version()))
                        .as("%s and %s in %s", left, right, history)
                        .isEqualTo(left.data().equals(right.data()));
            }
        }));
    }

    @ParameterizedTest
    @FieldSource("HISTORIES")
    @DisplayName("Invariant: local writes beat what they overwrite")
    void aLocalWriteIsAfterAndLaterThanWhatItOverwrites(Histories histories) {
        histories.forEach(history -> {
            for (Write write : history.writes()) {
                Version before = write.before().version();
                Version after = write.after().version();
                assertThat(after.clock().compare(before.clock()))
                        .as("%s", history)
                        .isEqualTo(ClockOrder.AFTER);
                assertThat(after.timestampMicros()).as("%s", history).isGreaterThan(before.timestampMicros());
                assertThat(after.writer()).isEqualTo(write.master());
                assertThat(history.decide(write.before(), write.after()))
                        .as("%s", history)
                        .isSameAs(Decision.APPLY);
                assertThat(history.decide(write.after(), write.before()))
                        .as("%s", history)
                        .isSameAs(Decision.STALE);
            }
        });
    }

    @ParameterizedTest
    @FieldSource("HISTORIES")
    @DisplayName("Invariant: no alarm")
    void mastersThatKeepTheRulesNeverRaiseAnAlarm(Histories histories) {
        histories.forEach(history -> {
            for (Delivery delivery : history.deliveries()) {
                assertThat(delivery.decision().alarm())
                        .as("%s in %s", delivery, history)
                        .isNull();
            }
        });
    }

    private static void forPairs(Simulation history, BiConsumer<State, State> check) {
        List<State> states = history.sentStates();
        for (State left : states) {
            for (State right : states) {
                check.accept(left, right);
            }
        }
    }

    private static State takenInAnyOrder(Simulation history, List<State> states, Random random) {
        List<State> twice = new ArrayList<>(states);
        twice.addAll(states);
        Collections.shuffle(twice, random);
        return twice.stream().reduce(Simulation.NOTHING, history::join);
    }

    private static State any(List<State> states, Random random) {
        return states.get(random.nextInt(states.size()));
    }
}
