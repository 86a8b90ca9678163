package io.tandem.clock.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Histories of one aggregate that everybody has to end alike. */
final class Sequences {

    private static final String BY_TIMESTAMP = "timestamp:a,b";
    private static final String BY_PRIORITY = "priority:a,b";
    private static final String OF_THREE = "timestamp:a,b,c";

    private final List<Sequence> sequences = new ArrayList<>();

    /** All but those of broken masters. */
    static List<Sequence> sound() {
        Sequences all = new Sequences();
        all.travelling();
        all.conflicts();
        all.deletes();
        all.three();
        all.random(BY_TIMESTAMP, "a,b", 17);
        all.random(BY_PRIORITY, "a,b", 17);
        all.random(OF_THREE, "a,b,c", 17);
        all.random(OF_THREE, "a,b,c", 4);
        return all.sequences;
    }

    /** Masters whose counters went back. */
    static List<Sequence> broken() {
        Sequences all = new Sequences();
        all.add("a restore, counter used again at another time", BY_TIMESTAMP)
                .send("a", "backup")
                .write("a", "a1", 10)
                .send("a", "r1")
                .deliver("r1", "b")
                .restore("a", "backup")
                .write("a", "again", 20)
                .send("a", "r2")
                .deliver("r2", "b");
        all.add("a restore, a later write that is earlier", BY_TIMESTAMP)
                .send("a", "backup")
                .write("a", "a1", 100)
                .send("a", "r1")
                .deliver("r1", "b")
                .restore("a", "backup")
                .write("a", "again", 20)
                .write("a", "and again", 30)
                .send("a", "r2")
                .deliver("r2", "b")
                .deliver("r1", "a");
        return all.sequences;
    }

    private Sequence add(String name, String policy) {
        Sequence sequence = new Sequence(name, policy, policy.substring(policy.indexOf(':') + 1));
        sequences.add(sequence);
        return sequence;
    }

    private void travelling() {
        add("in turn", BY_TIMESTAMP)
                .write("a", "a1", 10)
                .send("a", "r1")
                .deliver("r1", "b")
                .write("b", "b1", 20)
                .send("b", "r2")
                .deliver("r2", "a")
                .exchangeAll();
        add("in turn, the second master's wall clock is behind", BY_TIMESTAMP)
                .write("a", "a1", 1000)
                .send("a", "r1")
                .deliver("r1", "b")
                .write("b", "b1", 20)
                .send("b", "r2")
                .deliver("r2", "a")
                .exchangeAll();
        add("delivered twice and from the start again", BY_TIMESTAMP)
                .write("a", "a1", 10)
                .send("a", "r1")
                .write("a", "a2", 20)
                .send("a", "r2")
                .deliver("r1", "b")
                .deliver("r1", "b")
                .deliver("r2", "b")
                .deliver("r1", "b")
                .deliver("r2", "b")
                .exchangeAll();
        add("compacted, only the last record is left", BY_TIMESTAMP)
                .write("a", "a1", 10)
                .write("a", "a2", 20)
                .write("a", "a3", 30)
                .send("a", "r3")
                .deliver("r3", "b")
                .exchangeAll();
        add("a dead letter comes back late", BY_TIMESTAMP)
                .write("a", "a1", 10)
                .send("a", "skipped")
                .write("b", "b1", 15)
                .write("a", "a2", 20)
                .send("a", "r2")
                .deliver("r2", "b")
                .deliver("skipped", "b")
                .exchangeAll();
        add("two notes are one write", BY_TIMESTAMP)
                .write("a", "a1 and a2", 20, 10)
                .write("b", "b1", 15)
                .send("a", "r1")
                .deliver("r1", "b")
                .exchangeAll();
    }

    private void conflicts() {
        for (String policy : List.of(BY_TIMESTAMP, BY_PRIORITY)) {
            add(policy + ", both wrote, the second one later", policy)
                    .write("a", "a1", 10)
                    .write("b", "b1", 20)
                    .exchangeAll();
            add(policy + ", a tie", policy)
                    .write("a", "a1", 10)
                    .write("b", "b1", 10)
                    .exchangeAll();
            add(policy + ", the wall clock goes back between two writes", policy)
                    .write("a", "a1", 10)
                    .send("a", "r1")
                    .write("a", "a2", 5)
                    .send("a", "r2")
                    .write("b", "b1", 7)
                    .send("b", "r3")
                    .deliver("r1", "b")
                    .deliver("r2", "b")
                    .deliver("r3", "a")
                    .exchangeAll();
            add(policy + ", a write after a conflict knows both", policy)
                    .write("a", "a1", 10)
                    .send("a", "r1")
                    .write("b", "b1", 20)
                    .send("b", "r2")
                    .deliver("r2", "a")
                    .deliver("r1", "b")
                    .write("b", "b2", 5)
                    .send("b", "r3")
                    .deliver("r3", "a")
                    .exchangeAll();
            add(policy + ", what was overruled before it was sent is sent all the same", policy)
                    .write("a", "a1", 10)
                    .write("b", "b1", 20)
                    .send("b", "r1")
                    .deliver("r1", "a")
                    .send("a", "r2")
                    .deliver("r2", "b");
        }
        add("by priority a stamp comes again in the future of the first", BY_PRIORITY)
                .write("b", "b1", 10)
                .write("a", "a1", 4)
                .send("a", "r1")
                .deliver("r1", "b")
                .write("b", "b2", 10)
                .send("b", "r2")
                .deliver("r2", "a")
                .exchangeAll();
    }

    private void deletes() {
        add("a delete, and an old record comes again", BY_TIMESTAMP)
                .write("a", "a1", 10)
                .send("a", "r1")
                .deliver("r1", "b")
                .delete("a", 20)
                .send("a", "r2")
                .deliver("r2", "b")
                .deliver("r1", "b")
                .exchangeAll();
        add("deleted and inserted again by another master", BY_TIMESTAMP)
                .write("a", "a1", 10)
                .send("a", "r1")
                .deliver("r1", "b")
                .delete("a", 20)
                .send("a", "r2")
                .deliver("r2", "b")
                .write("b", "b1", 15)
                .send("b", "r3")
                .deliver("r3", "a")
                .deliver("r2", "b")
                .exchangeAll();
        add("a delete that never knew what it deletes elsewhere", BY_TIMESTAMP)
                .delete("a", 20)
                .write("b", "b1", 10)
                .exchangeAll();
        add("an update wins against a delete", BY_TIMESTAMP)
                .write("a", "a1", 10)
                .send("a", "r1")
                .deliver("r1", "b")
                .delete("a", 20)
                .write("b", "b1", 30)
                .exchangeAll();
        add("a delete wins against an update", BY_TIMESTAMP)
                .write("a", "a1", 10)
                .send("a", "r1")
                .deliver("r1", "b")
                .delete("a", 30)
                .write("b", "b1", 20)
                .exchangeAll();
        add("by priority a delete wins though it is earlier", BY_PRIORITY)
                .write("b", "b1", 10)
                .send("b", "r1")
                .deliver("r1", "a")
                .delete("a", 20)
                .write("b", "b2", 90)
                .exchangeAll();
    }

    private void three() {
        add("three masters, each record to both others, in another order", OF_THREE)
                .write("a", "a1", 10)
                .send("a", "ra")
                .write("b", "b1", 7)
                .send("b", "rb")
                .deliver("ra", "c")
                .write("c", "c1", 20)
                .send("c", "rc")
                .deliver("rb", "a")
                .deliver("rc", "a")
                .deliver("rc", "b")
                .deliver("ra", "b")
                .deliver("rb", "c")
                .exchangeAll();
        add("three masters, a tie of all", OF_THREE)
                .write("a", "a1", 10)
                .write("b", "b1", 10)
                .write("c", "c1", 10)
                .exchangeAll();
        add("three masters, one write meets itself", OF_THREE)
                .write("a", "a1", 10)
                .send("a", "ra")
                .write("b", "b1", 9)
                .write("c", "c1", 8)
                .deliver("ra", "b")
                .deliver("ra", "c")
                .exchangeAll();
        add("three masters, what knows more comes first", OF_THREE)
                .write("a", "a1", 10)
                .send("a", "ra")
                .deliver("ra", "b")
                .write("b", "b1", 20)
                .send("b", "rb")
                .deliver("rb", "c")
                .deliver("ra", "c")
                .exchangeAll();
    }

    /** Writes, deletes and deliveries of anything that was sent, wall clocks of a few microseconds. */
    private void random(String policy, String masters, int seed) {
        Random random = new Random(seed);
        String[] ids = masters.split(",", -1);
        Sequence sequence = add("random " + seed + " under " + policy, policy);
        int sent = 0;
        for (int step = 0; step < 24; step++) {
            String master = ids[random.nextInt(ids.length)];
            if (sent > 0 && random.nextInt(3) > 0) {
                sequence.deliver("r" + (1 + random.nextInt(sent)), master);
            } else {
                boolean delete = random.nextInt(4) == 0;
                sequence.write(master, delete ? null : "w" + step, 1 + random.nextInt(9));
                sequence.send(master, "r" + ++sent);
            }
        }
        sequence.exchangeAll();
    }
}
