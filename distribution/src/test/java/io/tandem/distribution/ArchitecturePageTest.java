package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** ARCHITECTURE.md cites no class and no method that does not exist (any more). */
class ArchitecturePageTest {

    // the module's folder is the working directory of its tests
    private static final Path PAGE = Path.of("..", "ARCHITECTURE.md");

    /** A name in camel case between backticks, alone or with a method: {@code Fold}, {@code Fold.apply()}. */
    private static final Pattern CITED = Pattern.compile("`([A-Z][A-Z0-9]*[a-z]\\w*(?:\\.[a-z]\\w*\\(\\))?)`");

    private static final int AT_LEAST = 30;

    @Test
    void every_class_that_the_page_cites_exists() throws IOException {
        Set<String> cited = CITED.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .map(name -> name.replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> existing = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().importPackages("io.tandem")) {
            existing.add(type.getSimpleName());
            type.getMethods().stream()
                    .map(JavaMember::getName)
                    .forEach(method -> existing.add(type.getSimpleName() + "." + method + "()"));
        }

        assertThat(cited).hasSizeGreaterThan(AT_LEAST);
        cited.removeAll(existing);
        assertThat(cited)
                .as("cited in ARCHITECTURE.md, but nowhere in the code")
                .isEmpty();
    }
}
