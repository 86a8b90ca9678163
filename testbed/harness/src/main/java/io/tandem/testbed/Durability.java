package io.tandem.testbed;

/** Whether the database servers wait for the disk when a transaction commits, as those in use do. */
final class Durability {

    private static final String PROPERTY = "testbed.durable";

    private Durability() {}

    /** False unless the system property says otherwise: a test only loses time by it. */
    static boolean isWanted() {
        return Boolean.getBoolean(PROPERTY);
    }
}
