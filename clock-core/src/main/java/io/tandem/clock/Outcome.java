package io.tandem.clock;

/** What the receiver does with an incoming version. */
public enum Outcome {
    /** The incoming version knows all that is stored: show its data. */
    APPLY(true),
    /** The incoming version is the stored one: ignore it. */
    DUPLICATE(false),
    /** The incoming version is known already and was written over: ignore it. */
    STALE(false),
    /** Concurrent, but both show the data of the same write: only the clocks are merged. Not a conflict. */
    MERGE(false),
    /** Concurrent, and the incoming version wins: show its data under the merged clock. */
    CONFLICT_INCOMING_WINS(true),
    /** Concurrent, and the stored version wins: keep its data under the merged clock. */
    CONFLICT_STORED_WINS(false);

    private final boolean incomingData;

    Outcome(boolean incomingData) {
        this.incomingData = incomingData;
    }

    /** True if the data to show afterwards is the incoming one. */
    public boolean takesIncomingData() {
        return incomingData;
    }

    /** True if neither clock knew all of the other one: the version afterwards is neither of the two compared. */
    public boolean mergesClocks() {
        return this == MERGE || isConflict();
    }

    /** True if one of two concurrent writes was overruled. */
    public boolean isConflict() {
        return this == CONFLICT_INCOMING_WINS || this == CONFLICT_STORED_WINS;
    }
}
