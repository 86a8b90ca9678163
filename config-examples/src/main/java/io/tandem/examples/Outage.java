package io.tandem.examples;

import java.time.Duration;

/** One master's database is down, the other side goes on working, and afterwards all arrives. */
final class Outage {

    private final Stage stage;
    private final Master away;
    private final Master working;
    private final OutageWork work;

    /** @param away the master that will be down */
    Outage(Stage stage, Master away) {
        this.stage = stage;
        this.away = away;
        this.working = stage.pair().peer(away);
        this.work = working.equals(stage.pair().legacy()) ? OutageWork.onLegacy() : OutageWork.onModern();
    }

    void play() {
        Narrator narrator = stage.narrator();
        narrator.progress(away.id() + ": stopping the database");
        Stopwatch stopping = Stopwatch.start();
        away.server().stop();
        narrator.step(stopping.elapsed(), away.id() + ": the database is stopped");

        Stopwatch writing = Stopwatch.start();
        working.commit(work.transactions());
        narrator.step(
                writing.elapsed(),
                working.id() + ": goes on working, " + work.transactions().size()
                        + " transactions that change and insert customers, insert and delete orders");
        Duration publishing = stage.until("all writes of " + working.id() + " are in Kafka", this::allPublished);
        narrator.step(publishing, "Kafka: has all of them, while " + away.id() + " is still down");

        narrator.progress(away.id() + ": starting the database");
        Stopwatch starting = Stopwatch.start();
        away.server().restart();
        narrator.step(starting.elapsed(), away.id() + ": the database is started again");
        Stopwatch arriving = Stopwatch.start();
        try (Glance glance = away.glance(work.arrived())) {
            stage.untilShown(glance, OutageWork.ALL);
        }
        narrator.step(arriving.elapsed(), away.id() + ": all has arrived, " + OutageWork.ALL);
    }

    private boolean allPublished() {
        return working.query("""
                SELECT (SELECT COUNT(*) FROM tandem_customer_journal)
                  + (SELECT COUNT(*) FROM tandem_order_journal)
                  + (SELECT COUNT(*) FROM tandem_customer_clock WHERE published < clock_%1$s)
                  + (SELECT COUNT(*) FROM tandem_order_clock WHERE published < clock_%1$s)""".formatted(working.id())).equals("0");
    }
}
