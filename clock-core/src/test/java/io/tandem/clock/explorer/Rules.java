package io.tandem.clock.explorer;

import io.tandem.clock.Decision;
import io.tandem.clock.Version;

/**
 * The rules that a world lives by. {@link ProductionRules} has them from the production classes; a broken variant
 * replaces exactly one.
 */
interface Rules {

    /** The version of a local write, see {@link io.tandem.clock.LocalWrite}. */
    Version localWrite(Version previous, String self, long changedAt);

    /** Judges an incoming version, see {@link io.tandem.clock.Reconciler}. */
    Decision reconcile(Version stored, Version incoming);

    /** Whether the shown data is the latest of all that is known, see {@link io.tandem.clock.ConflictPolicy}. */
    boolean latestWins();

    /** Whether a delete leaves its version. */
    default boolean keepsTombstones() {
        return true;
    }

    /** Whether a re-insert goes on from the tombstone's counters. */
    default boolean goesOnFromTombstone() {
        return true;
    }

    /** Whether tombstones are purged although records about the aggregate can still be read from the topics. */
    default Purge purge() {
        return Purge.NEVER;
    }

    /** Whether the fold is committed before what it gives is sent. */
    default boolean foldIsDurableBeforeSend() {
        return true;
    }

    /** Whether version and data of a record are read in one snapshot. */
    default boolean readsVersionAndDataAtOnce() {
        return true;
    }

    /** Whether the sink folds the notes of the journal before it decides. */
    default boolean foldsBeforeDeciding() {
        return true;
    }

    /** What happens after a database was restored from a backup. */
    default AfterRestore afterRestore() {
        return AfterRestore.TAKE_WHAT_WAS_FORGOTTEN;
    }

    /** When tombstones are purged. */
    enum Purge {
        NEVER,
        /** At all participants at once, while nothing is on its way. */
        EVERYWHERE,
        /** At one participant, while nothing is on its way. */
        ON_ONE_SIDE
    }

    /** What happens after a database was restored from a backup. */
    enum AfterRestore {
        /** Application and connectors go on as if nothing had happened. */
        GO_ON(false, false),
        /** The topics of the others are read again from their start; the application goes on at once. */
        TAKE_TOPICS_OF_OTHERS(false, false),
        /** All topics are read again from their start, the own one too, in any order, before the application writes. */
        TAKE_ALL_TOPICS_IN_ANY_ORDER(true, true),
        /** As before, but the own topic to its end before the first record of another one. */
        TAKE_OWN_TOPIC_FIRST_AND_FOLD(true, true),
        /**
         * As docs/restore.md says: all topics in any order, the own one too, before the application writes, and nothing is
         * folded meanwhile. A record that knows more own writes than the clock row knows the notes of the backup as well:
         * they are dropped, and it is taken. Every other one is passed over. Then the topics of the others from their
         * start once more, as always.
         */
        TAKE_WHAT_WAS_FORGOTTEN(true, false);

        private final boolean readsOwnTopic;
        private final boolean foldsMeanwhile;

        AfterRestore(boolean readsOwnTopic, boolean foldsMeanwhile) {
            this.readsOwnTopic = readsOwnTopic;
            this.foldsMeanwhile = foldsMeanwhile;
        }

        boolean readsOwnTopic() {
            return readsOwnTopic;
        }

        /** Whether the own topic has to be read to its end before the first record of another one. */
        boolean readsOwnTopicFirst() {
            return this == TAKE_OWN_TOPIC_FIRST_AND_FOLD;
        }

        /** Whether notes are folded while the own topic is read. */
        boolean foldsMeanwhile() {
            return foldsMeanwhile;
        }
    }
}
