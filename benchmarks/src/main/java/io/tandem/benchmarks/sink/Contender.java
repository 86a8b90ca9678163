package io.tandem.benchmarks.sink;

/** Somebody who writes the rows. */
interface Contender {

    /** As {@code tandem}, {@code debezium}, {@code bare}. */
    String name();

    /** Tells whether it can do this. */
    boolean takes(Case what);

    /** Does it once, on a database of its own, and tells the records per second. */
    double run(Case what);
}
