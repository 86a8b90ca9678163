package io.tandem.distribution.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.distribution.chaos.Write.Action;
import io.tandem.distribution.chaos.Write.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checker finds what is lost, and nothing else. */
class LossesTest {

    private static final Register ROOT = Register.root(Kind.JOB, 7);
    private static final Register PART = ROOT.part(2);

    private final List<Write> writes = new ArrayList<>();
    private final List<Overruled> ledger = new ArrayList<>();
    private final SortedMap<Register, Map<String, String>> rows = new TreeMap<>();
    private long now = 1_000;

    private void write(
            Register register, Side side, String id, Action action, @Nullable String previous, Outcome outcome) {
        writes.add(new Write(register, side, 1, id, action, previous, now, now + 5, outcome));
        now += 10;
    }

    private void insert(Register register, Side side, String id) {
        write(register, side, id, Action.INSERT, null, Outcome.ACKNOWLEDGED);
    }

    private void update(Register register, Side side, String id, String previous) {
        write(register, side, id, Action.UPDATE, previous, Outcome.ACKNOWLEDGED);
    }

    private void delete(Register register, Side side, String id, String previous) {
        write(register, side, id, Action.DELETE, previous, Outcome.ACKNOWLEDGED);
    }

    private void shows(Register register, String id) {
        rows.put(register, Map.of(Shown.MARKER, id));
    }

    private void overruled(boolean deleted, Map<Integer, String> markers) {
        ledger.add(new Overruled(Side.MODERN, ROOT, now, deleted, markers, ""));
        now += 10;
    }

    private List<String> lost() {
        Map<Register, List<Write>> byRegister = writes.stream().collect(Collectors.groupingBy(Write::register));
        return new Losses(byRegister, new Shown(rows, new TreeMap<>()), ledger)
                .all().stream().map(Write::id).toList();
    }

    @Test
    void what_is_shown_or_was_overwritten_by_who_knew_it_is_not_lost() {
        insert(ROOT, Side.LEGACY, "L1");
        update(ROOT, Side.MODERN, "M1", "L1");
        update(ROOT, Side.LEGACY, "L2", "M1");
        shows(ROOT, "L2");

        assertThat(lost()).isEmpty();
    }

    @Test
    void a_write_that_nobody_has_seen_is_lost() {
        insert(ROOT, Side.LEGACY, "L1");
        update(ROOT, Side.LEGACY, "L2", "L1");
        update(ROOT, Side.MODERN, "M1", "L1");
        shows(ROOT, "M1");

        assertThat(lost()).containsExactly("L2");
    }

    @Test
    void a_ledger_row_keeps_what_was_overruled() {
        insert(ROOT, Side.LEGACY, "L1");
        update(ROOT, Side.LEGACY, "L2", "L1");
        update(ROOT, Side.MODERN, "M1", "L1");
        shows(ROOT, "M1");
        overruled(false, Map.of(Register.ROOT, "L2"));

        assertThat(lost()).isEmpty();
    }

    @Test
    void a_ledger_row_of_another_row_or_write_keeps_nothing() {
        insert(ROOT, Side.LEGACY, "L1");
        insert(PART, Side.LEGACY, "L2");
        update(PART, Side.LEGACY, "L3", "L2");
        shows(ROOT, "L1");
        shows(PART, "L2");
        overruled(false, Map.of(Register.ROOT, "L3", 2, "L2"));
        ledger.add(new Overruled(
                Side.MODERN, Register.root(Kind.ASSET, 7), now, false, Map.of(Register.ROOT, "x", 2, "L3"), ""));

        assertThat(lost()).containsExactly("L3");
    }

    @Test
    void a_write_of_a_part_is_lost_with_the_aggregate_that_was_replaced() {
        insert(ROOT, Side.LEGACY, "L1");
        insert(PART, Side.LEGACY, "L2");
        update(PART, Side.LEGACY, "L3", "L2");
        update(ROOT, Side.MODERN, "M1", "L1");
        shows(ROOT, "M1");
        shows(PART, "L2");

        assertThat(lost()).containsExactly("L3");
        overruled(false, Map.of(Register.ROOT, "L1", 2, "L3"));
        assertThat(lost()).isEmpty();
    }

    @Test
    void a_delete_is_lost_where_the_row_is_back_without_an_insert() {
        insert(ROOT, Side.LEGACY, "L1");
        delete(ROOT, Side.LEGACY, "L2", "L1");
        assertThat(lost()).isEmpty();

        shows(ROOT, "L1");

        assertThat(lost()).containsExactly("L2");
    }

    @Test
    void a_delete_that_was_overruled_is_kept_by_a_ledger_row_without_the_row() {
        insert(ROOT, Side.LEGACY, "L1");
        insert(PART, Side.LEGACY, "L2");
        overruled(true, Map.of());
        delete(ROOT, Side.LEGACY, "L3", "L1");
        delete(PART, Side.LEGACY, "L4", "L2");
        shows(ROOT, "L1");
        shows(PART, "L2");
        // what was overruled before the delete is not the delete
        assertThat(lost()).containsExactlyInAnyOrder("L3", "L4");

        overruled(false, Map.of(Register.ROOT, "L1"));
        assertThat(lost()).containsExactly("L3");

        overruled(true, Map.of());
        assertThat(lost()).isEmpty();
    }

    @Test
    void who_inserts_again_knew_of_the_delete() {
        insert(ROOT, Side.LEGACY, "L1");
        delete(ROOT, Side.LEGACY, "L2", "L1");
        insert(ROOT, Side.MODERN, "M1");
        shows(ROOT, "M1");

        assertThat(lost()).isEmpty();
    }

    @Test
    void an_insert_before_the_delete_knew_nothing_of_it() {
        insert(ROOT, Side.LEGACY, "L1");
        now += 100;
        delete(ROOT, Side.LEGACY, "L2", "L1");
        shows(ROOT, "L1");

        assertThat(lost()).containsExactly("L2");
    }

    @Test
    void a_write_in_doubt_may_be_there_or_not() {
        insert(ROOT, Side.LEGACY, "L1");
        write(ROOT, Side.LEGACY, "L2", Action.UPDATE, "L1", Outcome.IN_DOUBT);
        shows(ROOT, "L1");
        assertThat(lost()).isEmpty();

        shows(ROOT, "L2");
        assertThat(lost()).isEmpty();
    }

    @Test
    void a_write_in_doubt_that_shows_nowhere_has_overwritten_nothing() {
        insert(ROOT, Side.LEGACY, "L1");
        write(ROOT, Side.LEGACY, "L2", Action.UPDATE, "L1", Outcome.IN_DOUBT);
        shows(ROOT, "other");
        assertThat(lost()).containsExactly("L1");

        overruled(false, Map.of(Register.ROOT, "L2"));
        assertThat(lost()).isEmpty();
    }

    @Test
    void writes_in_doubt_do_not_prove_each_other() {
        insert(ROOT, Side.LEGACY, "L1");
        write(ROOT, Side.LEGACY, "L2", Action.DELETE, "L1", Outcome.IN_DOUBT);
        write(ROOT, Side.LEGACY, "L3", Action.INSERT, null, Outcome.IN_DOUBT);
        // both were cut off at the same time, so either may have been the later one
        now -= 10;
        write(ROOT, Side.LEGACY, "L4", Action.DELETE, "L3", Outcome.IN_DOUBT);
        shows(ROOT, "other");

        assertThat(lost()).containsExactly("L1");
    }

    @Test
    void a_delete_that_failed_is_not_why_a_row_is_gone() {
        insert(ROOT, Side.LEGACY, "L1");
        write(ROOT, Side.LEGACY, "L2", Action.DELETE, "L1", Outcome.FAILED);

        assertThat(lost()).containsExactly("L1");
    }

    @Test
    void a_failed_write_has_overwritten_nothing() {
        insert(ROOT, Side.LEGACY, "L1");
        write(ROOT, Side.LEGACY, "L2", Action.UPDATE, "L1", Outcome.FAILED);
        shows(ROOT, "other");

        assertThat(lost()).containsExactly("L1");
    }
}
