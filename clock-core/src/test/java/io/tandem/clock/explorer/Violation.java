package io.tandem.clock.explorer;

/**
 * An invariant that does not hold.
 *
 * @param finding what is wrong, in words
 * @param noticed whether a participant could know: an alarm was raised on the way, or a record was seen that knows more
 *     of the receiver's own writes than the receiver does
 */
record Violation(Invariant invariant, String finding, boolean noticed) {

    @Override
    public String toString() {
        return "Invariant broken: " + invariant + ". " + finding + (noticed ? " (noticed)" : " (nobody notices)");
    }
}
