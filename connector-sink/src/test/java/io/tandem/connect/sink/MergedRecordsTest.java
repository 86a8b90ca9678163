package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.clock.Masters;
import io.tandem.clock.Reconciler;
import io.tandem.clock.TimestampPolicy;
import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.sink.MergedRecords.Arrival;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class MergedRecordsTest {

    private static final AggregateKey KEY = new AggregateKey(List.of(1L));

    private final Reconciler reconciler = new Reconciler(new TimestampPolicy(new Masters(List.of("a", "b", "c"))));

    /** What stands at an offset. */
    private static Arrival at(long offset, Map<String, Long> clock, long timestamp, String writer) {
        return new Arrival(
                new Incoming(
                        KEY,
                        new Version(VectorClock.of(clock), timestamp, writer),
                        null,
                        new RecordPlace("topic", 0, offset)),
                new SinkRecord("topic", 0, null, null, null, null, offset));
    }

    private static Arrival ofA(long offset, long counter) {
        return at(offset, Map.of("a", counter), 1000 * counter, "a");
    }

    private MergedRecords records(Arrival... arrivals) {
        MergedRecords records = new MergedRecords(reconciler, arrivals[0]);
        for (Arrival arrival : arrivals) {
            records.add(arrival);
        }
        return records;
    }

    private static long shown(Optional<MergedRecords> records) {
        return records.orElseThrow().shown().kafkaOffset();
    }

    @Test
    void what_knows_more_is_shown_under_its_own_version_which_what_knows_less_leaves_as_it_is() {
        MergedRecords records = records(ofA(1, 2));
        Arrival latest = ofA(2, 3);

        records.add(latest);
        assertThat(records.merged()).isEqualTo(latest.incoming());

        records.add(ofA(3, 1));
        assertThat(records.merged()).isEqualTo(latest.incoming());
    }

    @Test
    void the_rest_comes_to_what_it_would_have_without_the_record_that_is_taken_out() {
        MergedRecords records =
                records(ofA(1, 1), at(2, Map.of("b", 1L), 5000, "b"), ofA(3, 2), at(4, Map.of("c", 1L), 9000, "c"));
        assertThat(records.shown().kafkaOffset()).isEqualTo(4);
        assertThat(records.merged().version().clock()).isEqualTo(VectorClock.of(Map.of("a", 2L, "b", 1L, "c", 1L)));

        Optional<MergedRecords> rest = records.withoutShown();

        assertThat(shown(rest)).isEqualTo(2);
        assertThat(rest.orElseThrow().merged().version())
                .isEqualTo(new Version(VectorClock.of(Map.of("a", 2L, "b", 1L)), 5000, "b"));
        assertThat(shown(rest.orElseThrow().withoutShown())).isEqualTo(3);
        assertThat(shown(rest.orElseThrow().withoutShown().orElseThrow().withoutShown()))
                .isEqualTo(1);
        assertThat(records(ofA(1, 1)).withoutShown()).isEmpty();
    }

    @Test
    void each_conflict_and_alarm_among_the_records_is_to_be_told_with_the_one_that_is_not_shown() {
        MergedRecords records = records(
                at(1, Map.of("b", 1L), 5000, "b"), ofA(2, 1), ofA(3, 7), at(4, Map.of("a", 7L, "b", 1L), 5000, "b"));

        assertThat(records.merged().mergers().stream()
                        .map(merger -> merger.overruled().place().offset()))
                .containsExactly(2L, 1L, 4L);
        assertThat(records.merged().mergers())
                .allSatisfy(merger -> assertThat(merger.waiting().mergers()).isEmpty());
    }

    @Test
    void what_is_delivered_again_or_repeats_changes_nothing() {
        Arrival losing = at(2, Map.of("b", 1L), 10, "b");
        MergedRecords records = records(ofA(1, 1), losing);

        records.add(losing);
        records.add(at(3, Map.of("b", 1L), 10, "b"));
        records.add(ofA(1, 1));

        assertThat(records.merged().mergers()).hasSize(1);
        assertThat(shown(records.withoutShown())).isEqualTo(2);
        assertThat(records.withoutShown().orElseThrow().withoutShown()).isEmpty();
    }

    @Test
    void of_what_is_written_over_the_latest_few_are_kept_and_all_that_nothing_has_written_over() {
        MergedRecords records = records(at(0, Map.of("b", 1L), 1, "b"));
        for (int i = 1; i <= 1000; i++) {
            records.add(ofA(i, i));
        }

        Optional<MergedRecords> rest = Optional.of(records);
        for (int kept = 0; kept <= MergedRecords.MAX_WRITTEN_OVER; kept++) {
            assertThat(shown(rest)).isEqualTo(1000 - kept);
            rest = rest.orElseThrow().withoutShown();
        }

        assertThat(shown(rest)).isZero();
        assertThat(rest.orElseThrow().withoutShown()).isEmpty();
    }

    @Test
    void what_cannot_be_read_again_is_left_out() {
        MergedRecords records = records(ofA(1, 1), ofA(2, 2), ofA(3, 3));

        Optional<MergedRecords> again = records.readAgain(record -> record.kafkaOffset() == 3
                ? Optional.empty()
                : Optional.of(ofA(record.kafkaOffset(), record.kafkaOffset()).incoming()));

        assertThat(shown(again)).isEqualTo(2);
        assertThat(records.readAgain(record -> Optional.empty())).isEmpty();
    }
}
