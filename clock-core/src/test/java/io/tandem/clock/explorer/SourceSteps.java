package io.tandem.clock.explorer;

import io.tandem.clock.explorer.Coverage.Event;
import io.tandem.clock.explorer.Step.Kind;
import java.util.Arrays;

/**
 * The sources: fold durably, read version and data in one snapshot, send, note the acknowledgement; and crash in
 * between. Nothing is sent while something is in flight.
 *
 * <p>In production the snapshot is read first and folded afterwards, if the clock row is still as it was read. What is
 * written in between is not in the snapshot and its note is not folded, as if it were written afterwards; so to fold and
 * read in one step loses nothing.
 *
 * <p><b>Reductions</b>, all of them off where {@link World#stepsApart()} ({@code ReductionTest} compares the two).
 * Between reading and sending nobody sees what was read, and the order within the topic depends on this source alone:
 * to send late is for all others the same as to take late. The published counter is looked at by the source alone, which
 * does nothing until the acknowledgement: to acknowledge late is the same as to publish the next version late. So
 * reading, sending and acknowledging are one step, or one that a crash ends after sending, or after the fold.
 */
final class SourceSteps {

    private final Tables tables;
    private final Rules rules;
    private final Folding folding;
    private final Coverage coverage;

    SourceSteps(Tables tables, Coverage coverage) {
        this.tables = tables;
        this.rules = tables.rules();
        this.folding = new Folding(tables);
        this.coverage = coverage;
    }

    void addTo(State state, Successors successors) {
        for (int who = 0; who < state.participants(); who++) {
            if (state.isTakingIn(tables.world(), who)) {
                continue;
            }
            if (tables.world().stepsApart() || !rules.readsVersionAndDataAtOnce()) {
                single(state, who, successors);
            } else if (tables.isPending(state.masters[who], who)) {
                publish(state, who, false, successors);
                if (state.crashesLeft > 0) {
                    publish(state, who, true, successors);
                    foldAndCrash(state, who, successors);
                }
            }
        }
    }

    private void publish(State state, int who, boolean crash, Successors successors) {
        State next = state.copy();
        Checks checks = new Checks(tables, state);
        Master unfolded = next.masters[who].copy();
        fold(next, who, checks);
        send(next, who, tables.show(next.masters[who]));
        if (crash) {
            next.crashesLeft--;
            if (!rules.foldIsDurableBeforeSend()) {
                next.masters[who] = unfolded;
            }
        } else {
            acknowledge(next.masters[who], tables.ownCounter(next.masters[who], who));
        }
        successors.add(Step.of(crash ? Kind.PUBLISH_AND_CRASH : Kind.PUBLISH, who), next, checks.found());
    }

    private void foldAndCrash(State state, int who, Successors successors) {
        if (state.masters[who].notes == 0 || !rules.foldIsDurableBeforeSend()) {
            return;
        }
        State next = state.copy();
        Checks checks = new Checks(tables, state);
        fold(next, who, checks);
        next.crashesLeft--;
        coverage.reached(Event.CRASH_AFTER_FOLD);
        successors.add(Step.of(Kind.FOLD_AND_CRASH, who), next, checks.found());
    }

    private void single(State state, int who, Successors successors) {
        Master now = state.masters[who];
        if (now.held > 0) {
            State next = state.copy();
            Master master = next.masters[who];
            Shown read = tables.shown().get(now.held - 1);
            Shown record = rules.readsVersionAndDataAtOnce()
                    ? read
                    : new Shown(read.version(), now.data, now.knows, read.latest());
            send(next, who, record);
            master.held = 0;
            master.awaited = (int) tables.version(record).clock().counter(tables.name(who));
            successors.add(Step.of(Kind.SEND, who), next, new Checks(tables, state).found());
        } else if (now.awaited > 0) {
            State next = state.copy();
            acknowledge(next.masters[who], now.awaited);
            next.masters[who].awaited = 0;
            successors.add(Step.of(Kind.ACKNOWLEDGE, who), next, new Checks(tables, state).found());
        } else if (tables.isPending(now, who)) {
            State next = state.copy();
            Checks checks = new Checks(tables, state);
            fold(next, who, checks);
            next.masters[who].held = tables.shown().id(tables.show(next.masters[who])) + 1;
            successors.add(Step.of(Kind.READ, who), next, checks.found());
        }
        if (state.crashesLeft > 0 && (now.held > 0 || now.awaited > 0)) {
            State next = state.copy();
            next.crashesLeft--;
            next.masters[who].held = 0;
            next.masters[who].awaited = 0;
            successors.add(Step.of(Kind.SOURCE_CRASH, who), next, new Checks(tables, state).found());
        }
    }

    private void fold(State next, int who, Checks checks) {
        if (folding.fold(next, who, checks) > 1) {
            coverage.reached(Event.FOLD_OF_SEVERAL);
        }
    }

    private void send(State next, int who, Shown record) {
        int id = tables.shown().id(record);
        int[] topic = next.topics[who];
        if (topic.length > 0 && topic[topic.length - 1] == id) {
            coverage.reached(Event.PUBLISHED_AGAIN);
        }
        int[] longer = Arrays.copyOf(topic, topic.length + 1);
        longer[topic.length] = id;
        next.topics[who] = longer;
    }

    private void acknowledge(Master master, long ownCounter) {
        master.published = Math.max(master.published, (int) ownCounter);
        if (master.tombstone && master.notes == 0 && !rules.keepsTombstones()) {
            master.forgetVersion();
        }
    }
}
