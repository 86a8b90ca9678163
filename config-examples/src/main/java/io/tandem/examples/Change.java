package io.tandem.examples;

import java.util.List;

/**
 * One transaction of an application, and what shall be seen of it on the other master.
 *
 * @param told what the application does, in words
 * @param statements its statements
 * @param arrives what to look at on the other master, in words
 * @param query what to ask the other master
 * @param expected the answer, once the change is there
 */
record Change(String told, List<String> statements, String arrives, String query, String expected) {

    Change {
        statements = List.copyOf(statements);
    }

    /** Makes the change on this master, waits until the other one shows it, and tells how long after the commit. */
    void play(Stage stage, Master on) {
        Master other = stage.pair().peer(on);
        stage.narrator().progress(on.id() + ": " + told);
        try (Glance glance = other.glance(query)) {
            Stopwatch committed = on.commit(List.of(statements));
            stage.untilShown(glance, expected);
            stage.narrator()
                    .step(
                            committed.elapsed(),
                            on.id() + ": " + told + "  →  " + other.id() + ": " + arrives + " = " + expected);
        }
    }
}
