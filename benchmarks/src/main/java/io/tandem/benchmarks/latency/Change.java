package io.tandem.benchmarks.latency;

/**
 * A change that is committed on its own master.
 *
 * @param id the account
 * @param revision what the account has there since then, more than before
 * @param committedNanos when the commit returned, by {@link System#nanoTime}
 */
record Change(long id, int revision, long committedNanos) {}
