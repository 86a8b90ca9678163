package io.tandem.clock.explorer;

import io.tandem.clock.ConflictPolicy;
import io.tandem.clock.Decision;
import io.tandem.clock.Masters;
import io.tandem.clock.Outcome;
import io.tandem.clock.Version;

/** The production rules, each time with one of them replaced. */
class BrokenRules extends ProductionRules {

    BrokenRules(ConflictPolicy policy) {
        super(policy);
    }

    /** Local writes are stamped with the wall clock, whatever the stamp of what they overwrite. */
    static final class PlainWallClock extends BrokenRules {

        PlainWallClock(ConflictPolicy policy) {
            super(policy);
        }

        @Override
        public Version localWrite(Version previous, String self, long changedAt) {
            return new Version(previous.clock().increment(self), changedAt, self);
        }
    }

    /** The later timestamp wins, and on a tie whoever is there already. */
    static final class StoredWinsTies extends BrokenRules {

        StoredWinsTies() {
            super(new TimestampOnly(0));
        }
    }

    /** The later timestamp wins, and on a tie whoever arrives. */
    static final class IncomingWinsTies extends BrokenRules {

        IncomingWinsTies() {
            super(new TimestampOnly(1));
        }
    }

    /** Does not rank the writers. The reconciler asks it about (incoming, stored), in this order. */
    private record TimestampOnly(int tie) implements ConflictPolicy {

        @Override
        public String id() {
            return "timestamp without ranks";
        }

        @Override
        public int compare(Version left, Version right) {
            int byTimestamp = Long.compare(left.timestampMicros(), right.timestampMicros());
            return byTimestamp != 0 ? byTimestamp : tie;
        }

        @Override
        public boolean latestWins() {
            return true;
        }
    }

    /** Who wins keeps the clock that it has. */
    static final class ClockNotMerged extends BrokenRules {

        private final Outcome spoilt;

        private ClockNotMerged(ConflictPolicy policy, Outcome spoilt) {
            super(policy);
            this.spoilt = spoilt;
        }

        /** The stored version wins and its clock stays as it is. */
        static Rules whereStoredWins(ConflictPolicy policy) {
            return new ClockNotMerged(policy, Outcome.CONFLICT_STORED_WINS);
        }

        /** The incoming version wins and its clock overwrites the stored one. */
        static Rules whereIncomingWins(ConflictPolicy policy) {
            return new ClockNotMerged(policy, Outcome.CONFLICT_INCOMING_WINS);
        }

        @Override
        public Decision reconcile(Version stored, Version incoming) {
            Decision right = super.reconcile(stored, incoming);
            if (right.outcome() != spoilt) {
                return right;
            }
            Version winner = right.outcome().takesIncomingData() ? incoming : stored;
            return new Decision(right.outcome(), winner, right.alarm());
        }
    }

    /** A delete takes the version along. */
    static final class HardDelete extends BrokenRules {

        HardDelete(ConflictPolicy policy) {
            super(policy);
        }

        @Override
        public boolean keepsTombstones() {
            return false;
        }
    }

    /** A re-insert counts from 1 again. */
    static final class RestartingCounters extends BrokenRules {

        RestartingCounters(ConflictPolicy policy) {
            super(policy);
        }

        @Override
        public boolean goesOnFromTombstone() {
            return false;
        }
    }

    /** A tombstone is purged while records that it has overwritten can still be read. */
    static final class PurgedTombstone extends BrokenRules {

        private final Purge purge;

        PurgedTombstone(ConflictPolicy policy, Purge purge) {
            super(policy);
            this.purge = purge;
        }

        @Override
        public Purge purge() {
            return purge;
        }
    }

    /** The priority of the masters decides, however many there are; what the production policy refuses to be. */
    record PriorityOfAny(Masters masters) implements ConflictPolicy {

        @Override
        public String id() {
            return "priority of any number";
        }

        @Override
        public int compare(Version left, Version right) {
            int byRank = Integer.compare(masters.rank(right.writer()), masters.rank(left.writer()));
            return byRank != 0 ? byRank : Long.compare(left.timestampMicros(), right.timestampMicros());
        }

        @Override
        public boolean latestWins() {
            return false;
        }
    }

    /** The fold is sent before it is committed, and a crash in between forgets it. */
    static final class FoldNotDurable extends BrokenRules {

        FoldNotDurable(ConflictPolicy policy) {
            super(policy);
        }

        @Override
        public boolean foldIsDurableBeforeSend() {
            return false;
        }
    }

    /** The source reads the version, and the data some time later. */
    static final class DataReadLater extends BrokenRules {

        DataReadLater(ConflictPolicy policy) {
            super(policy);
        }

        @Override
        public boolean readsVersionAndDataAtOnce() {
            return false;
        }
    }

    /** The sink decides with the stored version although notes wait. */
    static final class DecidesBeforeFold extends BrokenRules {

        DecidesBeforeFold(ConflictPolicy policy) {
            super(policy);
        }

        @Override
        public boolean foldsBeforeDeciding() {
            return false;
        }
    }

    /** Another procedure after a restore than the one that works. */
    static final class Restored extends BrokenRules {

        private final AfterRestore procedure;

        Restored(ConflictPolicy policy, AfterRestore procedure) {
            super(policy);
            this.procedure = procedure;
        }

        @Override
        public AfterRestore afterRestore() {
            return procedure;
        }
    }
}
