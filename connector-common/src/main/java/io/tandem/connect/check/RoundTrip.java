package io.tandem.connect.check;

import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.record.AlignmentSchema;
import io.tandem.connect.record.LocalRecords;
import io.tandem.connect.transform.FromCanonical;
import io.tandem.connect.transform.ToCanonical;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes aggregates through the transforms of both directions and compares what comes back with what went in. The
 * converter that would write and read the canonical record in between is not part of it. Used by one thread.
 */
final class RoundTrip implements AutoCloseable {

    private final Aggregate aggregate;
    private final LocalRecords records;
    private final Version version;
    private final ToCanonical<SourceRecord> toCanonical = new ToCanonical<>();
    private final FromCanonical<SourceRecord> fromCanonical = new FromCanonical<>();
    private @Nullable Schema compared;
    private @Nullable RowComparison comparison;

    /** @param transform the settings of the transform, which are the same for both directions */
    RoundTrip(Aggregate aggregate, String master, Map<String, ?> transform) {
        this.aggregate = aggregate;
        this.records = new LocalRecords(aggregate, master, "");
        this.version = new Version(VectorClock.of(Map.of(master, 1L)), 0, master);
        toCanonical.configure(transform);
        fromCanonical.configure(transform);
    }

    /** What is wrong with this aggregate, each trouble once; empty if it comes back as it was. */
    Set<Trouble> troubles(AggregateKey key, AggregateState state) {
        SourceRecord canonical;
        try {
            canonical = toCanonical.apply(local(key, state));
        } catch (DataException e) {
            return Set.of(Trouble.unmappable(e));
        }
        Set<Trouble> troubles = new LinkedHashSet<>();
        try {
            Struct returned = ((Struct) fromCanonical.apply(canonical).value()).getStruct(AlignmentSchema.DATA);
            comparison(returned.schema()).compare(state, returned, troubles);
        } catch (DataException e) {
            troubles.add(Trouble.unmappableBack(e));
        }
        return troubles;
    }

    private SourceRecord local(AggregateKey key, AggregateState state) {
        return new SourceRecord(
                Map.of(),
                Map.of(),
                aggregate.name(),
                records.keySchema(),
                records.key(key),
                records.valueSchema(),
                records.value(version, state));
    }

    // the transform makes one schema object for all records of one shape, so identity is enough and cheap
    @SuppressWarnings("ReferenceEquality")
    private RowComparison comparison(Schema returned) {
        if (returned != compared || comparison == null) {
            comparison = new RowComparison(aggregate, Aggregate.ROOT, returned);
            compared = returned;
        }
        return Objects.requireNonNull(comparison);
    }

    @Override
    public void close() {
        toCanonical.close();
        fromCanonical.close();
    }
}
