package io.tandem.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the demo plays, act by act. Each act starts from what the ones before it have left. */
final class Story {

    private static final long CONTESTED_CUSTOMER = 42;

    private final Stage stage;
    private final Narrator narrator;
    private final Master legacy;
    private final Master modern;

    Story(Stage stage) {
        this.stage = stage;
        this.narrator = stage.narrator();
        this.legacy = stage.pair().legacy();
        this.modern = stage.pair().modern();
    }

    void tell() {
        seed();
        narrator.title("The legacy application writes");
        Changes.ON_LEGACY.forEach(change -> change.play(stage, legacy));
        narrator.title("The modern application writes; Connect creates its topics, and the sinks must find them first");
        Changes.ON_MODERN.forEach(change -> change.play(stage, modern));
        narrator.title("Both write the same customer while the sinks are paused: legacy first, modern last");
        new Conflict(stage, CONTESTED_CUSTOMER).play(legacy, 1);
        narrator.title("And again: modern three times, then legacy once");
        new Conflict(stage, CONTESTED_CUSTOMER).play(modern, 3);
        narrator.title("The legacy database is down, modern goes on");
        new Outage(stage, legacy).play();
        narrator.title("The modern database is down, legacy goes on");
        new Outage(stage, modern).play();
    }

    private void seed() {
        narrator.title("Two masters, one with a past");
        Stopwatch inserting = Stopwatch.start();
        LegacyRows.insert(legacy);
        narrator.step(
                inserting.elapsed(),
                String.format(
                        Locale.ROOT,
                        "legacy: has %,d customers and %,d orders; modern: has none",
                        LegacyRows.CUSTOMERS,
                        LegacyRows.ORDERS));
        Stopwatch seeding = Stopwatch.start();
        for (String connector : Examples.CONNECTORS) {
            Stopwatch posting = Stopwatch.start();
            narrator.progress("POST " + connector);
            stage.pair().post(connector);
            narrator.step(posting.elapsed(), "POST connectors/" + connector + ".json, as it is: running");
        }
        try (Glance customers = modern.glance("SELECT count(*) FROM customer");
                Glance orders = modern.glance("SELECT count(*) FROM sales_order")) {
            stage.until("all existing rows of legacy are on modern", () -> {
                String there = customers.look() + " customers and " + orders.look() + " orders";
                narrator.progress("modern: has " + there);
                return there.equals(LegacyRows.CUSTOMERS + " customers and " + LegacyRows.ORDERS + " orders");
            });
        }
        narrator.step(seeding.elapsed(), "modern: has all of them, counted from the first POST");
    }

    /**
     * Compares every aggregate of both masters through the mappings. What was written last may still be on its way, so a
     * difference is one only if it stays.
     *
     * @return what is not the same
     */
    Ending compare() {
        narrator.title("Comparing every aggregate of both masters through the mappings");
        Stopwatch comparing = Stopwatch.start();
        Ending ending = compareOnce();
        while (!ending.differing().isEmpty() && comparing.elapsed().compareTo(Stage.BOUND) < 0) {
            narrator.progress(ending.differing().size() + " still differ");
            ending = compareOnce();
        }
        narrator.step(
                comparing.elapsed(),
                String.format(Locale.ROOT, "%,d aggregates, data and versions", ending.aggregates()));
        return ending;
    }

    private Ending compareOnce() {
        Comparison comparison = new Comparison(stage.pair());
        int aggregates = 0;
        List<String> differing = new ArrayList<>();
        for (String aggregate : List.of("customer", "order")) {
            Comparison.Result result = comparison.compare(aggregate);
            aggregates += result.aggregates();
            differing.addAll(result.differing());
        }
        return new Ending(aggregates, differing);
    }

    /**
     * How it ends.
     *
     * @param aggregates how many there are, of both kinds
     * @param differing the keys of those that are not the same on both masters
     */
    record Ending(int aggregates, List<String> differing) {}
}
