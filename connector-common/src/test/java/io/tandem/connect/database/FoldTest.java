package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Notes become one local write per aggregate. */
class FoldTest {

    private static final AggregateKey KEY = Orders.key(1);
    private static final long NOW = 5_000;

    private final Fold fold = new Fold("legacy");

    @Test
    void a_first_note_gives_the_first_version() {
        ClockRow row = fold(null, true, note(7, 1_000)).rows().get(KEY);

        assertThat(row).isEqualTo(new ClockRow(KEY, version(1, 0, 1_000, "legacy"), false, 0));
    }

    @Test
    void several_notes_are_one_write_at_the_time_of_the_latest() {
        Fold.Result result = fold(null, true, note(1, 1_000), note(2, 3_000), note(3, 2_000));

        assertThat(result.rows().get(KEY)).isEqualTo(new ClockRow(KEY, version(1, 0, 3_000, "legacy"), false, 0));
        assertThat(result.noteIds()).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(result.written()).containsExactly(KEY);
    }

    @Test
    void folding_at_once_and_one_by_one_show_the_same_time_and_writer() {
        ClockRow once = fold(null, true, note(1, 1_000), note(2, 2_000)).rows().get(KEY);

        ClockRow first = fold(null, true, note(1, 1_000)).rows().get(KEY);
        ClockRow second = fold(first, true, note(2, 2_000)).rows().get(KEY);

        assertThat(once).isEqualTo(new ClockRow(KEY, version(1, 0, 2_000, "legacy"), false, 0));
        assertThat(second).isEqualTo(new ClockRow(KEY, version(2, 0, 2_000, "legacy"), false, 0));
    }

    @Test
    void a_note_that_is_older_than_what_is_stored_is_still_the_later_write() {
        ClockRow stored = new ClockRow(KEY, version(1, 4, 9_000, "modern"), false, 1);

        ClockRow row = fold(stored, true, note(1, 2_000)).rows().get(KEY);

        assertThat(row).isEqualTo(new ClockRow(KEY, version(2, 4, 9_001, "legacy"), false, 1));
    }

    @Test
    void a_note_of_an_aggregate_that_is_gone_gives_a_tombstone() {
        ClockRow stored = new ClockRow(KEY, version(3, 4, 900, "modern"), false, 3);

        ClockRow row = fold(stored, false, note(1, 2_000)).rows().get(KEY);

        assertThat(row).isEqualTo(new ClockRow(KEY, version(4, 4, 2_000, "legacy"), true, 3));
    }

    @Test
    void an_aggregate_that_is_inserted_again_goes_on_from_its_tombstone() {
        ClockRow tombstone = new ClockRow(KEY, version(4, 4, 2_000, "legacy"), true, 4);

        ClockRow row = fold(tombstone, true, note(1, 3_000)).rows().get(KEY);

        assertThat(row).isEqualTo(new ClockRow(KEY, version(5, 4, 3_000, "legacy"), false, 4));
    }

    @Test
    void nothing_is_written_without_a_note() {
        ClockRow stored = new ClockRow(KEY, version(1, 4, 900, "modern"), false, 1);

        Fold.Result result = fold(stored, true);

        assertThat(result.rows()).containsExactly(Map.entry(KEY, stored));
        assertThat(result.written()).isEmpty();
        assertThat(result.noteIds()).isEmpty();
    }

    @Test
    void an_aggregate_that_vanished_without_a_note_is_a_delete_now() {
        ClockRow stored = new ClockRow(KEY, version(1, 4, 900, "modern"), false, 1);

        Fold.Result result = fold(stored, false);

        assertThat(result.rows().get(KEY)).isEqualTo(new ClockRow(KEY, version(2, 4, NOW, "legacy"), true, 1));
        assertThat(result.written()).containsExactly(KEY);
    }

    @Test
    void an_aggregate_that_came_back_without_a_note_is_a_write_now() {
        ClockRow stored = new ClockRow(KEY, version(1, 4, 900, "modern"), true, 1);

        ClockRow row = fold(stored, true).rows().get(KEY);

        assertThat(row).isEqualTo(new ClockRow(KEY, version(2, 4, NOW, "legacy"), false, 1));
    }

    @Test
    void a_tombstone_of_an_aggregate_that_is_gone_stays_as_it_is() {
        ClockRow tombstone = new ClockRow(KEY, version(4, 4, 2_000, "legacy"), true, 4);

        assertThat(fold(tombstone, false).written()).isEmpty();
    }

    @Test
    void an_aggregate_without_clock_and_note_stays_unclocked_whether_it_exists_or_not() {
        assertThat(fold(null, true).rows()).containsExactly(Map.entry(KEY, ClockRow.unclocked(KEY)));
        assertThat(fold(null, false).rows()).containsExactly(Map.entry(KEY, ClockRow.unclocked(KEY)));
    }

    @Test
    void every_key_gets_its_own_write() {
        AggregateKey other = Orders.key(2);
        AggregateKey untouched = Orders.key(3);

        Fold.Result result = fold.apply(
                List.of(KEY, other, untouched),
                Map.of(),
                List.of(note(1, 1_000), new Note(2, other, 2_000)),
                Set.of(KEY, other, untouched),
                NOW);

        assertThat(result.written()).containsExactly(KEY, other);
        assertThat(result.rows())
                .containsEntry(KEY, new ClockRow(KEY, version(1, 0, 1_000, "legacy"), false, 0))
                .containsEntry(other, new ClockRow(other, version(1, 0, 2_000, "legacy"), false, 0))
                .containsEntry(untouched, ClockRow.unclocked(untouched));
    }

    private Fold.Result fold(@Nullable ClockRow stored, boolean exists, Note... notes) {
        Map<AggregateKey, ClockRow> rows = new HashMap<>();
        if (stored != null) {
            rows.put(KEY, stored);
        }
        return fold.apply(List.of(KEY), rows, List.of(notes), exists ? Set.of(KEY) : Set.of(), NOW);
    }

    private static Note note(long id, long changedAtMicros) {
        return new Note(id, KEY, changedAtMicros);
    }

    private static Version version(long legacy, long modern, long timestampMicros, String writer) {
        return new Version(VectorClock.of(Map.of("legacy", legacy, "modern", modern)), timestampMicros, writer);
    }
}
