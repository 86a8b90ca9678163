package io.tandem.clock;

/** A proof that a rule of alignment was broken somewhere. An alarm never passes silently. */
public enum Alarm {
    /**
     * Equal clocks, but different timestamps or writers: counters were used twice (a master restored from a backup, a
     * clock row edited by hand). The two masters may show different data and would never notice.
     */
    EQUAL_CLOCKS_DIFFERENT_WRITES("equal clocks with a different timestamp or writer"),
    /** A version is causally before another one and yet has the later timestamp: a stamp broke rule 1. */
    DOMINATED_BUT_LATER("a dominated clock with a larger timestamp");

    private final String meaning;

    Alarm(String meaning) {
        this.meaning = meaning;
    }

    /** The alarm in words, for logs. */
    public String meaning() {
        return meaning;
    }
}
