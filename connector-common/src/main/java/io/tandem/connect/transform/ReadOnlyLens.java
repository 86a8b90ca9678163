package io.tandem.connect.transform;

import java.util.List;
import java.util.Optional;

/** Another lens, from local to canonical only. */
record ReadOnlyLens(Lens lens) implements Lens {

    @Override
    public List<String> fields() {
        return lens.fields();
    }

    @Override
    public String origin() {
        return lens.origin();
    }

    @Override
    public Step toCanonical(Level local, Level canonical) {
        return lens.toCanonical(local, canonical);
    }

    /** Empty: without a step there is no column, and a column that is not there keeps its value. */
    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        return Optional.empty();
    }
}
