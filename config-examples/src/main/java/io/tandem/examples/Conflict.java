package io.tandem.examples;

import io.tandem.clock.ClockOrder;
import io.tandem.clock.Masters;
import io.tandem.clock.Reconciler;
import io.tandem.clock.TimestampPolicy;
import io.tandem.clock.Version;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The same customer is changed on both masters while neither can hear of the other, since the sinks are paused. */
final class Conflict {

    private static final List<String> SINKS = List.of("customer-legacy-sink", "customer-modern-sink");
    private static final Reconciler RECONCILER =
            new Reconciler(new TimestampPolicy(new Masters(List.of("legacy", "modern"))));

    private final Stage stage;
    private final long customer;

    Conflict(Stage stage, long customer) {
        this.stage = stage;
        this.customer = customer;
    }

    /**
     * Plays it once.
     *
     * @param first writes first, so it will lose
     * @param writes how often it writes: that it knows of more writes of its own is no reason to win
     */
    void play(Master first, int writes) {
        Master last = stage.pair().peer(first);
        pauseSinks();
        for (int i = 1; i <= writes; i++) {
            rename(first, first.id() + " " + i);
        }
        rename(last, last.id());
        Version firstVersion = CustomerClocks.version(first, customer);
        Version lastVersion = CustomerClocks.version(last, customer);
        if (firstVersion.clock().compare(lastVersion.clock()) != ClockOrder.CONCURRENT) {
            throw new IllegalStateException("this should be a conflict: " + firstVersion + " and " + lastVersion);
        }
        stage.narrator().note("neither clock knows all that the other one knows: the two states are concurrent");
        Version agreed = RECONCILER.reconcile(firstVersion, lastVersion).version(firstVersion, lastVersion);
        converge(agreed);
        stage.narrator().note(reason(agreed, firstVersion, lastVersion));
    }

    private void pauseSinks() {
        SINKS.forEach(stage.pair().rest()::pause);
        Duration took = stage.until(
                "the sinks are paused",
                () -> SINKS.stream()
                        .allMatch(sink -> stage.pair().rest().status(sink).tasks().stream()
                                .allMatch(task -> task.state().equals("PAUSED"))));
        stage.narrator().step(took, "paused " + String.join(" and ", SINKS));
    }

    /** One write, folded before the next one, so that each is a write of its own in the clock. */
    private void rename(Master master, String name) {
        long before = CustomerClocks.version(master, customer).clock().counter(master.id());
        master.run((master.equals(stage.pair().legacy())
                        ? "UPDATE CUSTOMERS SET LAST_NAME = '%s' WHERE CUST_NO = %d"
                        : "UPDATE customer SET last_name = '%s' WHERE id = %d")
                .formatted(name, customer));
        Duration took = stage.until(
                "the clock of " + master.id() + " counts the write",
                () -> CustomerClocks.version(master, customer).clock().counter(master.id()) > before);
        stage.narrator()
                .step(
                        took,
                        master.id() + ": customer " + customer + " becomes \"" + name + "\", clock "
                                + CustomerClocks.told(CustomerClocks.version(master, customer)));
    }

    private void converge(Version agreed) {
        SINKS.forEach(stage.pair().rest()::resume);
        Master legacy = stage.pair().legacy();
        Master modern = stage.pair().modern();
        Duration took = stage.until(
                "both masters hold " + agreed,
                () -> CustomerClocks.version(legacy, customer).equals(agreed)
                        && CustomerClocks.version(modern, customer).equals(agreed));
        String onLegacy = legacy.query("SELECT LAST_NAME FROM CUSTOMERS WHERE CUST_NO = " + customer);
        String onModern = modern.query("SELECT last_name FROM customer WHERE id = " + customer);
        if (!onLegacy.equals(onModern)) {
            throw new IllegalStateException("the clocks agree, but the names do not: " + onLegacy + ", " + onModern);
        }
        stage.narrator()
                .step(
                        took,
                        "sinks resumed: both masters show \"" + onLegacy + "\", both clocks say "
                                + CustomerClocks.told(agreed));
    }

    private static String reason(Version winner, Version one, Version other) {
        Version loser = winner.sameWrite(one) ? other : one;
        long micros = winner.timestampMicros() - loser.timestampMicros();
        String why = micros == 0
                ? "both were written in the same microsecond, and " + winner.writer() + " comes first in masters"
                : "it was written " + String.format(Locale.ROOT, "%,.3f", micros / 1000.0) + " ms later than "
                        + loser.writer() + "'s";
        return "conflict.policy=timestamp: " + winner.writer() + "'s write won, since " + why
                + "; the clock is the maximum of both";
    }
}
