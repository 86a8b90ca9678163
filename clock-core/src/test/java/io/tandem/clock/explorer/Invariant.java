package io.tandem.clock.explorer;

/** What must hold, by the names under which the Javadoc of the production classes says it. */
enum Invariant {
    CONVERGENCE("convergence"),
    CAUSALITY("causality"),
    NO_LOST_UPDATE("no lost update unless overruled and recorded"),
    IDEMPOTENCE("idempotence"),
    FOLD_EQUALS_SEQUENCE("fold equals sequence"),
    CLOCKS_ARE_MERGED("clocks are merged on both outcomes"),
    LOCAL_WRITES_BEAT("local writes beat what they overwrite"),
    ONE_WRITE_ONE_STAMP("one write, one stamp"),
    NO_ALARM("no alarm");

    private final String title;

    Invariant(String title) {
        this.title = title;
    }

    /** The name in the Javadoc. */
    String title() {
        return title;
    }

    @Override
    public String toString() {
        return title;
    }
}
