package io.tandem.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuresTest {

    private static List<String> printed(Measures measures) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        measures.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void tells_medians_and_their_ratio_of_the_first_case_to_the_second() {
        Measures measures = new Measures();
        List.of(9.0, 30.0, 20.0).forEach(value -> measures.add("idle-large", "look-us", value));
        measures.add("idle-small", "look-us", 10);
        measures.ratio("idle-large-vs-small", "look-us", "idle-large", "idle-small");

        assertThat(printed(measures))
                .anyMatch(line -> line.matches("idle-large +look-us 20.0 \\(9.000 to 30.0\\)"))
                .contains("FIGURE idle-large-look-us 20.0", "FIGURE idle-small-look-us 10.0")
                .endsWith("RATIO idle-large-vs-small 2.00");
    }
}
