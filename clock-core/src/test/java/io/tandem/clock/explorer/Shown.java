package io.tandem.clock.explorer;

/**
 * What travels in a record: a version and its data, and beside them the truth that the version has to tell.
 *
 * @param version id in {@link Versions}
 * @param data see {@link Data}
 * @param knows the writes in the causal past of the data, its own included, as a set of bits
 * @param latest the largest timestamp in the causal past
 */
record Shown(int version, int data, int knows, int latest) {}
