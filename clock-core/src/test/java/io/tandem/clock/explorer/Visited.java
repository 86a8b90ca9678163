package io.tandem.clock.explorer;

import java.util.Arrays;

/**
 * The states that were reached, in the order in which they were, each with the state from which it was first reached.
 * A hash table with open addressing, since there are millions. Not thread-safe.
 */
final class Visited {

    private byte[][] states = new byte[1024][];
    private int[] parents = new int[1024];
    private int[] slots = new int[4096];
    private int size;

    int size() {
        return size;
    }

    byte[] state(int index) {
        return states[index];
    }

    /** The index of the state before, -1 for the first. */
    int parent(int index) {
        return parents[index];
    }

    /** False if the state was reached before. */
    boolean add(byte[] state, int parent) {
        int slot = slot(state, slots);
        if (slots[slot] != 0) {
            return false;
        }
        if (size == states.length) {
            states = Arrays.copyOf(states, size * 2);
            parents = Arrays.copyOf(parents, size * 2);
        }
        states[size] = state;
        parents[size] = parent;
        slots[slot] = ++size;
        if (size * 2 > slots.length) {
            grow();
        }
        return true;
    }

    private void grow() {
        int[] more = new int[slots.length * 2];
        for (int i = 0; i < size; i++) {
            more[slot(states[i], more)] = i + 1;
        }
        slots = more;
    }

    /** Where the state is, or where it belongs. */
    private int slot(byte[] state, int[] table) {
        int hash = Arrays.hashCode(state) * 0x9E3779B9;
        int slot = (hash ^ hash >>> 15) & table.length - 1;
        while (table[slot] != 0 && !Arrays.equals(states[table[slot] - 1], state)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }
}
