package io.tandem.clock.explorer;

import io.tandem.clock.explorer.State.Restore;
import java.util.Arrays;

/**
 * Packs a state of the world into a few bytes and back. Two states are the same if their bytes are.
 *
 * <p><b>Reduction.</b> The start of a topic that everybody has taken, and that nobody can read again, is left out: no
 * step that is left can see it, so two states that differ in nothing else have the same future.
 *
 * <p>Not thread-safe.
 */
final class Codec {

    private final World world;
    private final int participants;
    private byte[] buffer = new byte[256];
    private byte[] read = buffer;
    private int at;

    Codec(World world) {
        this.world = world;
        this.participants = world.participants().size();
    }

    byte[] encode(State state) {
        at = 0;
        for (Master master : state.masters) {
            put(master);
        }
        for (int topic = 0; topic < participants; topic++) {
            putTopic(state, topic);
        }
        for (int[] deadLetters : state.deadLetters) {
            put(deadLetters.length);
            for (int shown : deadLetters) {
                putShort(shown);
            }
        }
        put(state.writesLeft);
        put(state.crashesLeft | state.rewindsLeft << 4);
        put(state.skipsLeft | state.restore.code() << 4 | (state.alarmed ? 1 << 6 : 0) | (state.detected ? 1 << 7 : 0));
        if (state.backup != null) {
            put(state.backup);
        }
        return Arrays.copyOf(buffer, at);
    }

    private void putTopic(State state, int topic) {
        int from = mayBeReadAgain(state) ? 0 : state.topics[topic].length;
        for (int receiver = 0; receiver < participants; receiver++) {
            if (receiver != topic) {
                from = Math.min(from, state.positions[receiver][topic]);
            }
        }
        put(state.topics[topic].length - from);
        for (int i = from; i < state.topics[topic].length; i++) {
            putShort(state.topics[topic][i]);
        }
        for (int receiver = 0; receiver < participants; receiver++) {
            put(Math.max(0, state.positions[receiver][topic] - from));
            put(Math.max(0, state.committed[receiver][topic] - from));
        }
    }

    private boolean mayBeReadAgain(State state) {
        return state.rewindsLeft > 0
                || world.stepsApart()
                || (world.restored() != World.NOBODY && state.restore != Restore.DONE);
    }

    private void put(Master master) {
        putShort(master.version);
        put((master.tombstone ? 1 : 0) | master.published << 1);
        put(master.notes << 3 | master.written);
        put(master.notedAt);
        putShort(master.noted);
        put(master.sequence);
        put(master.data);
        putShort(master.knows);
        put(master.latest);
        putShort(master.held);
        put(master.awaited);
    }

    private void putShort(int value) {
        if (value > 0xffff) {
            throw new IllegalStateException("the world has too many different records; make its bounds smaller");
        }
        put(value >> 8);
        put(value & 0xff);
    }

    private void put(int value) {
        if (value < 0 || value > 255) {
            throw new IllegalStateException("a number does not fit into a byte; make the bounds of the world smaller");
        }
        if (at == buffer.length) {
            buffer = Arrays.copyOf(buffer, at * 2);
        }
        buffer[at++] = (byte) value;
    }

    State decode(byte[] bytes) {
        read = bytes;
        at = 0;
        State state = new State(participants);
        for (int i = 0; i < participants; i++) {
            state.masters[i] = master();
            state.positions[i] = new int[participants];
            state.committed[i] = new int[participants];
        }
        for (int topic = 0; topic < participants; topic++) {
            state.topics[topic] = shorts(next());
            for (int receiver = 0; receiver < participants; receiver++) {
                state.positions[receiver][topic] = next();
                state.committed[receiver][topic] = next();
            }
        }
        for (int i = 0; i < participants; i++) {
            state.deadLetters[i] = shorts(next());
        }
        state.writesLeft = next();
        int faults = next();
        state.crashesLeft = faults & 15;
        state.rewindsLeft = faults >> 4;
        int rest = next();
        state.skipsLeft = rest & 15;
        state.restore = Restore.of(rest >> 4 & 3);
        state.alarmed = (rest & 1 << 6) != 0;
        state.detected = (rest & 1 << 7) != 0;
        if (at < bytes.length) {
            state.backup = master();
        }
        return state;
    }

    private Master master() {
        Master master = new Master();
        master.version = nextShort();
        int flags = next();
        master.tombstone = (flags & 1) == 1;
        master.published = flags >> 1;
        int counts = next();
        master.notes = counts >> 3;
        master.written = counts & 7;
        master.notedAt = next();
        master.noted = nextShort();
        master.sequence = next();
        master.data = next();
        master.knows = nextShort();
        master.latest = next();
        master.held = nextShort();
        master.awaited = next();
        return master;
    }

    private int[] shorts(int length) {
        int[] shorts = new int[length];
        for (int i = 0; i < length; i++) {
            shorts[i] = nextShort();
        }
        return shorts;
    }

    private int nextShort() {
        int high = next();
        return high << 8 | next();
    }

    private int next() {
        return read[at++] & 0xff;
    }
}
