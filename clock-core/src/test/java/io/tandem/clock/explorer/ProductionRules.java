package io.tandem.clock.explorer;

import io.tandem.clock.ConflictPolicy;
import io.tandem.clock.Decision;
import io.tandem.clock.LocalWrite;
import io.tandem.clock.Reconciler;
import io.tandem.clock.Version;

/** The production classes. */
class ProductionRules implements Rules {

    private final Reconciler reconciler;

    ProductionRules(ConflictPolicy policy) {
        this.reconciler = new Reconciler(policy);
    }

    @Override
    public Version localWrite(Version previous, String self, long changedAt) {
        return LocalWrite.after(previous, self, changedAt);
    }

    @Override
    public Decision reconcile(Version stored, Version incoming) {
        return reconciler.reconcile(stored, incoming);
    }

    @Override
    public final boolean latestWins() {
        return reconciler.policy().latestWins();
    }
}
