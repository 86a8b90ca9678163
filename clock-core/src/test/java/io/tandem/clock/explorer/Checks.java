package io.tandem.clock.explorer;

import io.tandem.clock.ClockOrder;
import io.tandem.clock.Decision;
import io.tandem.clock.Outcome;
import io.tandem.clock.Version;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what a step breaks. The truth about who knows which write, kept beside the versions, is compared with what
 * the versions say.
 *
 * <p><b>Invariant (no lost update unless overruled and recorded)</b> is checked at every decision: data disappears only
 * if what replaces it knows it, or if the outcome is a conflict, which is recorded; so it holds for whole histories.
 */
final class Checks {

    private final Tables tables;
    private final State before;
    private final List<Violation> found = new ArrayList<>();

    Checks(Tables tables, State before) {
        this.tables = tables;
        this.before = before;
    }

    /** What was found up to now, to go on from in several ways. */
    Checks copy() {
        Checks copy = new Checks(tables, before);
        copy.found.addAll(found);
        return copy;
    }

    List<Violation> found() {
        return found;
    }

    void add(Invariant invariant, String finding) {
        found.add(new Violation(invariant, finding, before.noticed()));
    }

    /** Checks a decision about {@code incoming} against {@code stored}, of which {@code result} came. */
    void decided(String where, Shown stored, Shown incoming, Decision decision, Shown result) {
        noLostUpdate(where, stored, incoming, decision.outcome());
        causality(where, stored, incoming, decision.outcome());
        oneStamp(where, stored, incoming);
        Version old = tables.version(stored);
        Version now = decision.version(old, tables.version(incoming));
        boolean known = Data.isIn(incoming.data(), stored.knows()) && isSubset(incoming.knows(), stored.knows());
        if (known && (!now.equals(old) || result.data() != stored.data())) {
            add(Invariant.IDEMPOTENCE, where + " knew " + Data.name(incoming.data()) + " and yet changes");
        }
        ClockOrder moved = now.clock().compare(old.clock());
        if (moved == ClockOrder.BEFORE || moved == ClockOrder.CONCURRENT) {
            add(Invariant.IDEMPOTENCE, "the version of " + where + " goes back from " + old + " to " + now);
        }
        if (!now.clock().equals(old.clock().merge(tables.version(incoming).clock()))) {
            add(
                    Invariant.CLOCKS_ARE_MERGED,
                    where + " has " + now + " after " + old + " met " + tables.version(incoming));
        }
        if (tables.rules().latestWins() && now.timestampMicros() != result.latest()) {
            add(Invariant.CAUSALITY, where + " shows " + now + " although it knows a write at " + result.latest());
        }
        if (decision.alarm() != null) {
            add(Invariant.NO_ALARM, where + ": " + decision.alarm().meaning());
        }
    }

    private void noLostUpdate(String where, Shown stored, Shown incoming, Outcome outcome) {
        if (outcome.isConflict() || stored.data() == incoming.data()) {
            return;
        }
        boolean taken = outcome.takesIncomingData();
        Shown winner = taken ? incoming : stored;
        int gone = taken ? stored.data() : incoming.data();
        if (!Data.isIn(gone, winner.knows())) {
            add(
                    Invariant.NO_LOST_UPDATE,
                    where + " drops " + Data.name(gone) + " as " + outcome + " for " + Data.name(winner.data())
                            + ", which does not know it");
        }
    }

    private void causality(String where, Shown stored, Shown incoming, Outcome outcome) {
        boolean knowsAll = isSubset(stored.knows(), incoming.knows());
        boolean allKnown = isSubset(incoming.knows(), stored.knows());
        boolean incomingLoses = !outcome.takesIncomingData();
        if (outcome.isConflict() && (incomingLoses ? knowsAll : allKnown) && stored.data() != incoming.data()) {
            String winner = Data.name((incomingLoses ? stored : incoming).data());
            String loser = Data.name((incomingLoses ? incoming : stored).data());
            add(Invariant.CAUSALITY, where + " lets " + winner + " overrule " + loser + ", which knows it");
        }
        boolean right;
        if (knowsAll && allKnown) {
            right = outcome == Outcome.DUPLICATE;
        } else if (allKnown) {
            right = outcome == Outcome.STALE;
        } else if (knowsAll) {
            right = outcome == Outcome.APPLY;
        } else {
            right = outcome.isConflict() || outcome == Outcome.MERGE;
        }
        if (!right) {
            add(
                    Invariant.CAUSALITY,
                    where + " takes " + Data.name(incoming.data()) + ", which knows "
                            + (knowsAll ? "all" : "not all") + " of its writes and of which it knows "
                            + (allKnown ? "all" : "not all") + ", as " + outcome);
        }
    }

    /** By priority an overruled stamp may come again, but only where the clocks tell the two writes apart. */
    private void oneStamp(String where, Shown stored, Shown incoming) {
        Version left = tables.version(stored);
        Version right = tables.version(incoming);
        ClockOrder order = left.clock().compare(right.clock());
        boolean asked = tables.rules().latestWins() || order == ClockOrder.EQUAL || order == ClockOrder.CONCURRENT;
        if (asked && left.sameWrite(right) != (stored.data() == incoming.data())) {
            add(
                    Invariant.ONE_WRITE_ONE_STAMP,
                    where + " has " + Data.name(stored.data()) + " as " + left + " and takes "
                            + Data.name(incoming.data()) + " as " + right);
        }
    }

    private static boolean isSubset(int writes, int of) {
        return (writes & ~of) == 0;
    }
}
