package io.tandem.distribution.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every field of every row and version counts, and rows that only one master has. */
class DifferenceTest {

    private static final Register ROOT = Register.root(Kind.ASSET, 3);

    private static SortedMap<Register, Map<String, String>> of(Register register, Map<String, String> fields) {
        return new TreeMap<>(Map.of(register, fields));
    }

    private static final SortedMap<Register, Map<String, String>> NONE = new TreeMap<>();

    @Test
    void equal_masters_do_not_differ() {
        Shown legacy = new Shown(of(ROOT, Map.of("state", "OPEN")), of(ROOT, Map.of("written", "5")));
        Shown modern = new Shown(of(ROOT, Map.of("state", "OPEN")), of(ROOT, Map.of("written", "5")));

        assertThat(Difference.between(legacy, modern)).isEmpty();
    }

    @Test
    void a_difference_names_the_fields_and_keeps_the_values_apart() {
        Shown legacy = new Shown(of(ROOT, Map.of("state", "OPEN", "amount", "1.00", "marker", "x")), NONE);
        Shown modern = new Shown(of(ROOT, Map.of("state", "CLOSED", "amount", "2.00", "marker", "x")), NONE);

        assertThat(Difference.between(legacy, modern)).singleElement().satisfies(difference -> {
            assertThat(difference.register()).isEqualTo(ROOT);
            assertThat(difference.fields()).isEqualTo("row: amount, state");
            assertThat(difference.values()).contains("OPEN", "CLOSED");
        });
    }

    @Test
    void a_version_differs_as_a_row_does() {
        Shown legacy = new Shown(NONE, of(ROOT, Map.of("written", "5", "deleted", "there")));
        Shown modern = new Shown(NONE, of(ROOT, Map.of("written", "5", "deleted", "deleted")));

        assertThat(Difference.between(legacy, modern))
                .extracting(Difference::fields)
                .containsExactly("version: deleted");
    }

    @Test
    void a_row_that_one_master_does_not_have_is_a_difference() {
        Shown legacy = new Shown(NONE, NONE);
        Shown modern = new Shown(of(ROOT.part(1), Map.of("marker", "x")), of(ROOT, Map.of("written", "5")));

        assertThat(Difference.between(legacy, modern))
                .extracting(Difference::toString)
                .hasSize(2)
                .anyMatch(text -> text.contains("no row on legacy"))
                .anyMatch(text -> text.contains("no version on legacy"));
    }
}
