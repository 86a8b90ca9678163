package io.tandem.clock;

/**
 * Names the winner of two concurrent versions. All masters must compute the same answer from the same two versions,
 * which is why every alignment record carries the {@link #id()} of the policy that its publisher uses.
 *
 * <p>Implementations are immutable and thread-safe. A class of the user's may implement it.
 */
public interface ConflictPolicy {

    /**
     * Identifies the policy <em>and everything that its answer depends on</em> (such as the ranking of the masters), so
     * that two masters with the same id decide alike.
     */
    String id();

    /**
     * True if a record that was published under this id may be judged by this policy: for every version that the
     * publisher's policy can be about, both decide alike. Asked of the receiver.
     *
     * @param publishedId the {@link #id()} of the publisher's policy
     */
    default boolean accepts(String publishedId) {
        return publishedId.equals(id());
    }

    /**
     * A total order on the versions of one aggregate; the greater one wins.
     *
     * @return negative if {@code right} wins, positive if {@code left} wins, 0 only for the same write
     */
    int compare(Version left, Version right);

    /**
     * True if a version never loses to one with an earlier timestamp. Then a dominated clock with a later timestamp is
     * proof of a broken rule; otherwise it may be a write that was overruled in spite of being later.
     */
    boolean latestWins();
}
