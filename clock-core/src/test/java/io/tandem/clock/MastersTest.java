package io.tandem.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MastersTest {

    @Test
    void rankFollowsTheOrderOfTheListAndNotTheAlphabet() {
        Masters masters = new Masters(List.of("modern", "legacy"));

        assertThat(masters.rank("modern")).isZero();
        assertThat(masters.rank("legacy")).isEqualTo(1);
        assertThat(masters.ids()).containsExactly("modern", "legacy");
        assertThat(masters.size()).isEqualTo(2);
        assertThat(masters).hasToString("modern,legacy");
    }

    @Test
    void aMasterThatIsNotListedRanksBehindAllOthers() {
        Masters masters = new Masters(List.of("modern", "legacy"));

        assertThat(masters.contains("legacy")).isTrue();
        assertThat(masters.contains("archive")).isFalse();
        assertThat(masters.rank("archive")).isEqualTo(2);
    }

    @Test
    void laterChangesOfTheGivenListDoNotReachTheMasters() {
        List<String> given = new ArrayList<>(List.of("a", "b"));
        Masters masters = new Masters(given);

        given.add(0, "c");

        assertThat(masters.ids()).containsExactly("a", "b");
        assertThatThrownBy(() -> masters.ids().add("c")).isInstanceOf(UnsupportedOperationException.class);
    }

    static Stream<List<String>> badLists() {
        return Stream.of(List.of(), List.of(""), List.of("a", " "), List.of("a", "b", "a"));
    }

    @ParameterizedTest
    @MethodSource("badLists")
    void aListThatDoesNotNameEachMasterOnceIsRefused(List<String> ids) {
        assertThatThrownBy(() -> new Masters(ids))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("but it is " + String.join(",", ids));
    }
}
