package io.tandem.connect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner for people gives the core's answers; skipped where there is no Python. */
class PythonConformanceTest {

    private record Run(int exitCode, List<String> lines) {}

    @BeforeAll
    static void needsPython() throws InterruptedException {
        boolean found;
        try {
            found = new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException notThere) {
            found = false;
        }
        assumeTrue(found, "there is no python3 on the PATH, so conformance/run.py is not run");
    }

    @Test
    void theRunnerPassesAllVectors() throws Exception {
        Run run = run(List.of());

        run.lines().forEach(System.out::println);
        assertThat(run)
                .isEqualTo(new Run(
                        0,
                        List.of("CONFORMANCE vectors="
                                + ConformanceFiles.vectors().size() + " failed=0")));
    }

    @Test
    void oneChangedExpectationOfAnyKindMakesThatVectorFailAndNoOther(@TempDir Path folder) throws Exception {
        for (Map.Entry<String, String> change : ConformanceFiles.CHANGED.entrySet()) {
            ArrayNode vectors = ConformanceFiles.vectors();
            String changed = ConformanceFiles.changeOne(vectors, change.getKey(), change.getValue());
            Path file = Files.writeString(folder.resolve(change.getKey() + ".json"), vectors.toString());

            Run run = run(List.of(file.toString()));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.lines().stream().filter(line -> line.startsWith("FAILED")))
                    .containsExactly("FAILED " + changed);
            assertThat(run.lines()).last().isEqualTo("CONFORMANCE vectors=" + vectors.size() + " failed=1");
        }
    }

    private static Run run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("python3", ConformanceFiles.FOLDER.resolve("run.py").toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output.lines().toList());
    }
}
