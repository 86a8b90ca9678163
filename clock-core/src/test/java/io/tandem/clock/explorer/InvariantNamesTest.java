package io.tandem.clock.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The invariants have the same names in the Javadoc of the production classes and in what is checked. */
class InvariantNamesTest {

    private static final Pattern NAMED = Pattern.compile("<b>Invariant \\(([^)]+)\\)");

    @Test
    void whatTheJavadocNamesIsWhatIsChecked() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            sources.filter(source -> source.toString().endsWith(".java"))
                    .forEach(source -> named.addAll(names(source)));
        }

        assertThat(named)
                .isEqualTo(Arrays.stream(Invariant.values())
                        .map(Invariant::title)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Set<String> names(Path source) {
        try {
            return NAMED.matcher(Files.readString(source))
                    .results()
                    .map(result -> result.group(1).replaceAll("\\s+\\*\\s+", " "))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
