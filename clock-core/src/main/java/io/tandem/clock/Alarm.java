package io.tandem.clock;

/**
 * A proof that a rule of alignment was broken somewhere. An alarm never passes silently.
 *
 * <p><b>Invariant (no alarm).</b> Masters that keep the rules never raise one, whatever is repeated, late or put back.
 * The reverse does not hold: not every broken rule raises an alarm.
 */
public enum Alarm {
    /**
     * Equal clocks, but different timestamps or writers: counters were used twice (a master restored from a backup, a
     * clock row edited by hand). The two masters may show different data and would never notice.
     */
    EQUAL_CLOCKS_DIFFERENT_WRITES("equal clocks with a different timestamp or writer"),
    /** A version is causally before another one and yet has the later timestamp: a stamp broke rule 1. */
    DOMINATED_BUT_LATER("a dominated clock with a larger timestamp"),
    /**
     * The incoming version counts more writes of the receiving master than its database knows. A counter is durable before
     * it leaves its master, so the database has forgotten writes (restored from a backup, a clock row deleted). A master
     * that goes on would use their counters again. Takes precedence over the other alarms, which may follow from it.
     */
    FORGOTTEN_OWN_WRITES("a record that knows more writes of this master than its database");

    private final String meaning;

    Alarm(String meaning) {
        this.meaning = meaning;
    }

    /** The alarm in words, for logs. */
    public String meaning() {
        return meaning;
    }
}
