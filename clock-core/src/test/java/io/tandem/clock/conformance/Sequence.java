package io.tandem.clock.conformance;

import static io.tandem.clock.conformance.Json.object;

import io.tandem.clock.Alarm;
import io.tandem.clock.Decision;
import io.tandem.clock.LocalWrite;
import io.tandem.clock.Reconciler;
import io.tandem.clock.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One aggregate on several masters, step by step; remembers the steps and what came of them. */
final class Sequence {

    /** What a master shows; data is null if the aggregate is deleted or was never there. */
    record State(Version version, boolean deleted, @Nullable String data) {}

    private static final State NOTHING = new State(Version.UNCLOCKED, false, null);

    private final String name;
    private final String policy;
    private final Reconciler reconciler;
    private final Map<String, State> states = new LinkedHashMap<>();
    private final Map<String, State> records = new LinkedHashMap<>();
    private final List<Object> steps = new ArrayList<>();
    private final List<Object> outcomes = new ArrayList<>();
    private final List<Object> alarms = new ArrayList<>();

    /** @param masters who takes part, separated by commas */
    Sequence(String name, String policy, String masters) {
        this.name = name;
        this.policy = policy;
        this.reconciler = new Reconciler(Policies.of(policy));
        Arrays.asList(masters.split(",", -1)).forEach(master -> states.put(master, NOTHING));
    }

    /** A local write of this data, noted at these times. */
    Sequence write(String master, @Nullable String data, long... changedAt) {
        long latest = Arrays.stream(changedAt).max().orElseThrow();
        Version next = LocalWrite.after(state(master).version(), master, latest);
        states.put(master, new State(next, data == null, data));
        steps.add(object(
                "write", master, "changed_at", Arrays.stream(changedAt).boxed().toList(), "data", data));
        return this;
    }

    Sequence delete(String master, long changedAt) {
        return write(master, null, changedAt);
    }

    /** Makes an alignment record of what the master shows. */
    Sequence send(String master, String record) {
        records.put(record, state(master));
        steps.add(object("send", master, "as", record));
        return this;
    }

    Sequence deliver(String record, String to) {
        State incoming = Objects.requireNonNull(records.get(record), record);
        State stored = state(to);
        Decision decision = reconciler.reconcile(stored.version(), incoming.version());
        State shown = decision.outcome().takesIncomingData() ? incoming : stored;
        states.put(
                to, new State(decision.version(stored.version(), incoming.version()), shown.deleted(), shown.data()));
        steps.add(object("deliver", record, "to", to));
        outcomes.add(decision.outcome().name());
        Alarm alarm = decision.alarm();
        if (alarm != null) {
            alarms.add(alarm.name());
        }
        return this;
    }

    /** Puts a master back to what it showed when it made the record. */
    Sequence restore(String master, String record) {
        states.put(master, Objects.requireNonNull(records.get(record), record));
        steps.add(object("restore", master, "from", record));
        return this;
    }

    /** Everybody sends what it shows, and everybody else gets it. */
    Sequence exchangeAll() {
        List<String> masters = List.copyOf(states.keySet());
        masters.forEach(master -> send(master, "last_" + master));
        for (String from : masters) {
            for (String to : masters) {
                if (!from.equals(to)) {
                    deliver("last_" + from, to);
                }
            }
        }
        return this;
    }

    private State state(String master) {
        return Objects.requireNonNull(states.get(master), master);
    }

    /** What all masters end with, null if they differ. */
    @Nullable
    State agreed() {
        List<State> distinct = states.values().stream().distinct().toList();
        return distinct.size() == 1 ? distinct.get(0) : null;
    }

    boolean raisedAlarm() {
        return !alarms.isEmpty();
    }

    String name() {
        return name;
    }

    Vector vector() {
        Map<String, @Nullable Object> end = new LinkedHashMap<>();
        states.forEach((master, state) -> {
            Map<String, @Nullable Object> shown = Json.version(state.version());
            shown.put("deleted", state.deleted());
            shown.put("data", state.data());
            end.put(master, shown);
        });
        return Vector.of(
                "sequence",
                name,
                object("policy", policy, "masters", List.copyOf(states.keySet()), "steps", List.copyOf(steps)),
                object("outcomes", List.copyOf(outcomes), "alarms", List.copyOf(alarms), "states", end));
    }
}
