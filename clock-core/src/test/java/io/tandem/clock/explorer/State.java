package io.tandem.clock.explorer;

import org.jspecify.annotations.Nullable;

/** A state of the world. Mutable while a step is made; see {@link Codec} for when two of them are the same. */
final class State {

    final Master[] masters;

    /** Per participant the records of its topic, ids in {@link ShownTable}. */
    final int[][] topics;

    /** Per receiver and topic how many records were taken. */
    final int[][] positions;

    /** Per receiver and topic the committed position; only where {@link World#stepsApart()}. */
    final int[][] committed;

    /** Per receiver the records that wait in its dead letters, in ascending order. */
    final int[][] deadLetters;

    int writesLeft;
    int crashesLeft;
    int rewindsLeft;
    int skipsLeft;
    Restore restore = Restore.NONE;

    /** The durable part of the master that {@link World#restored()} names, as backed up. */
    @Nullable
    Master backup;

    /** Whether an alarm was raised on the way. */
    boolean alarmed;

    /** Whether somebody received a record that knew more of the receiver's own writes than the receiver did. */
    boolean detected;

    /** How far the restore is. */
    enum Restore {
        NONE(0),
        BACKED_UP(1),
        TAKING_IN(2),
        DONE(3);

        private final int code;

        Restore(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Restore of(int code) {
            for (Restore restore : values()) {
                if (restore.code == code) {
                    return restore;
                }
            }
            throw new IllegalArgumentException("no such code: " + code);
        }
    }

    State(int participants) {
        masters = new Master[participants];
        topics = new int[participants][];
        positions = new int[participants][];
        committed = new int[participants][];
        deadLetters = new int[participants][];
    }

    static State initial(World world) {
        int participants = world.participants().size();
        State state = new State(participants);
        for (int i = 0; i < participants; i++) {
            state.masters[i] = new Master();
            state.topics[i] = new int[0];
            state.positions[i] = new int[participants];
            state.committed[i] = new int[participants];
            state.deadLetters[i] = new int[0];
        }
        state.writesLeft = world.totalWrites();
        state.crashesLeft = world.crashes();
        state.rewindsLeft = world.rewinds();
        state.skipsLeft = world.skips();
        return state;
    }

    State copy() {
        State copy = new State(masters.length);
        for (int i = 0; i < masters.length; i++) {
            copy.masters[i] = masters[i].copy();
            copy.topics[i] = topics[i];
            copy.positions[i] = positions[i].clone();
            copy.committed[i] = committed[i].clone();
            copy.deadLetters[i] = deadLetters[i];
        }
        copy.writesLeft = writesLeft;
        copy.crashesLeft = crashesLeft;
        copy.rewindsLeft = rewindsLeft;
        copy.skipsLeft = skipsLeft;
        copy.restore = restore;
        copy.backup = backup;
        copy.alarmed = alarmed;
        copy.detected = detected;
        return copy;
    }

    int participants() {
        return masters.length;
    }

    /** True while a restored master takes the topics in and its application and source stand still. */
    boolean isTakingIn(World world, int participant) {
        return restore == Restore.TAKING_IN && participant == world.restored();
    }

    boolean noticed() {
        return alarmed || detected;
    }
}
