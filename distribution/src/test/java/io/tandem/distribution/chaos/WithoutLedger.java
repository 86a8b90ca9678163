package io.tandem.distribution.chaos;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * INTERIM, goes as soon as there is a ledger: takes a write as overruled if the other master has written the same aggregate
 * since it began. That finds losses only where the other master has not written any more.
 */
final class WithoutLedger implements Predicate<Write> {

    private final Map<Register, List<Write>> aggregates;

    WithoutLedger(List<Write> writes) {
        aggregates = writes.stream().collect(Collectors.groupingBy(WithoutLedger::root));
    }

    @Override
    public boolean test(Write write) {
        return aggregates.getOrDefault(root(write), List.of()).stream()
                .anyMatch(other -> other.side() != write.side()
                        && other.outcome() != Write.Outcome.FAILED
                        && other.endedMicros() >= write.startedMicros());
    }

    private static Register root(Write write) {
        return Register.root(write.register().kind(), write.register().key());
    }
}
