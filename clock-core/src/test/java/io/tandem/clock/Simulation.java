package io.tandem.clock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Masters that write one aggregate and exchange their states, and the log of it. The production classes decide; beside
 * them every state carries the truth that its clock has to tell: the writes that it really knows of.
 */
final class Simulation {

    /**
     * What a master shows.
     *
     * @param data the name of the write whose data is shown, such as {@code b2}; empty before the first
     * @param knows the names of all writes in the causal past, the one shown included
     */
    record State(Version version, String data, Set<String> knows) {}

    record Write(String master, State before, State after) {}

    record Delivery(String master, State stored, State incoming, Decision decision) {}

    private record Sent(int origin, State state) {}

    static final State NOTHING = new State(Version.UNCLOCKED, "", Set.of());

    private final Reconciler reconciler;
    private final List<String> masters;
    private final Map<String, State> states = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();

    Simulation(ConflictPolicy policy, Masters masters) {
        this.reconciler = new Reconciler(policy);
        this.masters = masters.ids();
        this.masters.forEach(master -> states.put(master, NOTHING));
    }

    /**
     * Lets a master write or take something that was sent, again and again. Wall clocks are free: they stand still, go
     * back and differ between the masters.
     *
     * @param choose makes every choice: a number from 0 to below its argument
     */
    void run(int steps, int wallClocks, IntUnaryOperator choose) {
        for (int step = 0; step < steps; step++) {
            if (sent.isEmpty() || choose.applyAsInt(2) == 0) {
                write(choose.applyAsInt(masters.size()), 1 + 2L * choose.applyAsInt(wallClocks));
            } else {
                Sent message = sent.get(choose.applyAsInt(sent.size()));
                int receiver = (message.origin() + 1 + choose.applyAsInt(masters.size() - 1)) % masters.size();
                if (deliver(masters.get(receiver), message.state())) {
                    sent.add(new Sent(receiver, state(masters.get(receiver))));
                }
            }
        }
    }

    private void write(int writer, long wallClock) {
        String master = masters.get(writer);
        State before = state(master);
        String data = master + (writesOf(master) + 1);
        Version version = LocalWrite.after(before.version(), master, wallClock);
        State after = new State(version, data, union(before.knows(), Set.of(data)));
        states.put(master, after);
        writes.add(new Write(master, before, after));
        sent.add(new Sent(writer, after));
    }

    /** True if the receiver's version changed. */
    boolean deliver(String receiver, State incoming) {
        State stored = state(receiver);
        Decision decision = reconciler.reconcile(stored.version(), incoming.version());
        deliveries.add(new Delivery(receiver, stored, incoming, decision));
        states.put(receiver, result(stored, incoming, decision));
        return !decision.version(stored.version(), incoming.version()).equals(stored.version());
    }

    private static State result(State stored, State incoming, Decision decision) {
        String data = decision.outcome().takesIncomingData() ? incoming.data() : stored.data();
        return new State(
                decision.version(stored.version(), incoming.version()), data, union(stored.knows(), incoming.knows()));
    }

    private static Set<String> union(Set<String> left, Set<String> right) {
        if (left.containsAll(right)) {
            return left;
        }
        Set<String> union = new HashSet<>(left);
        union.addAll(right);
        return union;
    }

    /** Delivers all that was sent, twice and in any order, to every master. */
    void exchangeAll(Random random) {
        List<Runnable> open = new ArrayList<>();
        for (State state : sentStates()) {
            for (String master : masters) {
                Runnable delivery = () -> deliver(master, state);
                open.add(delivery);
                open.add(delivery);
            }
        }
        Collections.shuffle(open, random);
        open.forEach(Runnable::run);
    }

    Decision decide(State stored, State incoming) {
        return reconciler.reconcile(stored.version(), incoming.version());
    }

    /** The state after {@code incoming} met {@code stored}, outside of the log. */
    State join(State stored, State incoming) {
        return result(stored, incoming, decide(stored, incoming));
    }

    State state(String master) {
        State state = states.get(master);
        if (state == null) {
            throw new IllegalArgumentException(master);
        }
        return state;
    }

    long writesOf(String master) {
        return writes.stream().filter(write -> write.master().equals(master)).count();
    }

    ConflictPolicy policy() {
        return reconciler.policy();
    }

    List<String> masters() {
        return masters;
    }

    /** Every state that a master showed before all was exchanged. */
    List<State> sentStates() {
        return sent.stream().map(Sent::state).toList();
    }

    List<Write> writes() {
        return writes;
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    /** The log, for the message of a test that failed. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(policy().id());
        sent.forEach(message -> text.append("\n  ")
                .append(masters.get(message.origin()))
                .append(" shows ")
                .append(message.state()));
        states.forEach((master, state) ->
                text.append("\n  ").append(master).append(" ends with ").append(state));
        return text.toString();
    }
}
