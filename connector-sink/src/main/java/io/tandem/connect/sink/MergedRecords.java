package io.tandem.connect.sink;

import io.tandem.clock.ClockOrder;
import io.tandem.clock.Decision;
import io.tandem.clock.Reconciler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The records about one aggregate that have arrived and are not applied, and what they come to. They are merged by the
 * same rules as everywhere, which is exact since the state is a join.
 *
 * <p>Should the data that they come to be refused for good, the record that it is from can be taken out, and the others
 * come to something else. So they are kept: all that are concurrent with each other, and of those that are written over
 * by another one the latest few, since a hot key may get any number of them while it waits.
 *
 * <p>Not thread-safe.
 */
final class MergedRecords {

    /** How many records are kept that another one has written over. */
    static final int MAX_WRITTEN_OVER = 16;

    private final Reconciler reconciler;
    private final List<Arrival> arrivals = new ArrayList<>();
    private Incoming merged;

    /** A record and what it says in this master's terms. */
    record Arrival(Incoming incoming, SinkRecord record) {}

    MergedRecords(Reconciler reconciler, Arrival first) {
        this.reconciler = reconciler;
        this.arrivals.add(first);
        this.merged = first.incoming();
    }

    /** What all records come to. */
    Incoming merged() {
        return merged;
    }

    /** The records that are kept, as they arrived. */
    List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** Adds a record; one that was delivered before, or repeats another one, changes nothing. */
    void add(Arrival arrival) {
        boolean known = arrivals.stream()
                .map(Arrival::incoming)
                .anyMatch(one -> one.place().equals(arrival.incoming().place())
                        || one.version().equals(arrival.incoming().version()));
        if (!known) {
            arrivals.add(arrival);
            merged = merge(merged, arrival.incoming());
            forgetOldest();
        }
    }

    private Incoming merge(Incoming waiting, Incoming arrived) {
        Decision decision = reconciler.reconcile(waiting.version(), arrived.version());
        Incoming shown = decision.outcome().takesIncomingData() ? arrived : waiting;
        List<Merger> mergers = waiting.mergers();
        if (decision.outcome().isConflict() || decision.alarm() != null) {
            mergers = new ArrayList<>(mergers);
            mergers.add(new Merger(waiting.telling(List.of()), arrived, decision));
        }
        return shown.under(decision.version(waiting.version(), arrived.version()))
                .telling(mergers);
    }

    private void forgetOldest() {
        List<Arrival> writtenOver =
                arrivals.stream().filter(this::isWrittenOver).toList();
        if (writtenOver.size() > MAX_WRITTEN_OVER) {
            arrivals.remove(writtenOver.get(0));
        }
    }

    private boolean isWrittenOver(Arrival arrival) {
        return arrivals.stream()
                .anyMatch(other -> arrival.incoming()
                                .version()
                                .clock()
                                .compare(other.incoming().version().clock())
                        == ClockOrder.BEFORE);
    }

    /** The record that the data is from which all records come to. */
    SinkRecord shown() {
        return arrivals.stream()
                .filter(arrival -> arrival.incoming().place().equals(merged.place()))
                .findFirst()
                .orElseThrow()
                .record();
    }

    /** What the records without the one that is {@link #shown} come to; empty if there is no other one. */
    Optional<MergedRecords> withoutShown() {
        return of(
                reconciler,
                arrivals.stream()
                        .filter(arrival -> !arrival.incoming().place().equals(merged.place()))
                        .toList());
    }

    /** The same records, read anew; empty if none of them can be read. */
    Optional<MergedRecords> readAgain(Function<SinkRecord, Optional<Incoming>> reader) {
        List<Arrival> again = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            reader.apply(arrival.record()).ifPresent(incoming -> again.add(new Arrival(incoming, arrival.record())));
        }
        return of(reconciler, again);
    }

    private static Optional<MergedRecords> of(Reconciler reconciler, List<Arrival> arrivals) {
        if (arrivals.isEmpty()) {
            return Optional.empty();
        }
        MergedRecords records = new MergedRecords(reconciler, arrivals.get(0));
        arrivals.subList(1, arrivals.size()).forEach(records::add);
        return Optional.of(records);
    }
}
