package io.tandem.connect.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregateKeyTest {

    private static byte[] bytes() {
        return new byte[] {1, 2, (byte) 0xff};
    }

    @Test
    void keys_are_equal_if_their_values_are_and_bytes_go_by_content() {
        AggregateKey key = AggregateKey.of(1L, "a", bytes());
        assertThat(key)
                .isEqualTo(new AggregateKey(List.of(1L, "a", bytes())))
                .hasSameHashCodeAs(AggregateKey.of(1L, "a", bytes()));
        assertThat(key)
                .isNotEqualTo(AggregateKey.of(1L, "b", bytes()))
                .isNotEqualTo(AggregateKey.of(1L, "a", new byte[] {1, 2}))
                .isNotEqualTo(AggregateKey.of(1L, "a"))
                .isNotEqualTo(null);
        assertThat(AggregateKey.of(1L)).isNotEqualTo(AggregateKey.of(1)).isNotEqualTo(AggregateKey.of("1"));
    }

    @Test
    void keys_of_one_hash_are_not_taken_for_equal() {
        assertThat(AggregateKey.of("Aa"))
                .hasSameHashCodeAs(AggregateKey.of("BB"))
                .isNotEqualTo(AggregateKey.of("BB"));
    }

    @Test
    void a_list_that_changes_afterwards_changes_nothing() {
        List<Object> values = new ArrayList<>(List.of(1L));
        AggregateKey key = new AggregateKey(values);
        values.set(0, 2L);
        assertThat(key).isEqualTo(AggregateKey.of(1L));
        assertThatNullPointerException().isThrownBy(() -> new AggregateKey(new ArrayList<>(singleNull())));
    }

    @SuppressWarnings("NullAway") // what must not be
    private static List<Object> singleNull() {
        List<Object> values = new ArrayList<>();
        values.add(null);
        return values;
    }

    @Test
    void people_read_the_values() {
        assertThat(AggregateKey.of(4711L)).hasToString("4711");
        assertThat(AggregateKey.of(4711L, "x", bytes())).hasToString("(4711, x, 0102ff)");
    }
}
