package io.tandem.clock.explorer;

import io.tandem.clock.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What happens between two states of the world.
 *
 * @param who the participant at which it happens
 * @param topic the participant whose topic it is about, where the kind has one
 * @param number a wall clock, a record, a position; see {@link Kind}
 * @param outcome what the sink decided, where it decided
 */
record Step(
        Kind kind, int who, int topic, int number, @Nullable Outcome outcome) {

    enum Kind {
        /** The application writes; the number is the wall clock. */
        WRITE,
        /** The source folds, reads, sends and gets the acknowledgement. */
        PUBLISH,
        /** The source folds, reads, sends and crashes before it has noted the acknowledgement. */
        PUBLISH_AND_CRASH,
        /** The source folds and crashes before it has sent. */
        FOLD_AND_CRASH,
        /** The source folds and reads what it is going to send. */
        READ,
        /** The source sends what it has read. */
        SEND,
        /** The source notes the acknowledgement. */
        ACKNOWLEDGE,
        /** The source forgets what it has in memory. */
        SOURCE_CRASH,
        /** The sink takes one record; the number is its id in {@link ShownTable}. */
        TAKE,
        /** The sink takes several records at once; the number is how many. */
        TAKE_BATCH,
        /** The sink commits its positions. */
        COMMIT,
        /** The sink goes on from the committed positions. */
        SINK_CRASH,
        /** A consumer is put back; the number is the position. */
        REWIND,
        /** A record is put aside; the number is its id. */
        SKIP,
        /** A record that was put aside is taken; the number is its id. */
        REINJECT,
        /** A backup is made. */
        BACK_UP,
        /** The backup is restored. */
        RESTORE,
        /** A participant purges its tombstone. */
        PURGE,
        /** All participants purge their tombstones. */
        PURGE_EVERYWHERE
    }

    static Step of(Kind kind, int who) {
        return new Step(kind, who, who, 0, null);
    }

    static Step of(Kind kind, int who, int topic, int number) {
        return new Step(kind, who, topic, number, null);
    }
}
