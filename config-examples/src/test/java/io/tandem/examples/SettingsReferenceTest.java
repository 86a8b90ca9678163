package io.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What README.md says about the settings is what the connectors and transforms define. */
class SettingsReferenceTest {

    private static final String BEGIN = "<!-- settings:begin -->\n";
    private static final String END = "\n<!-- settings:end -->";
    private static final String UPDATE = "update.reference";

    // the module's folder is the working directory of its tests
    private static final Path README = Path.of("..", "README.md");

    @Test
    void the_readme_lists_the_settings_as_they_are_defined() throws IOException {
        String expected = SettingsReference.text();
        if (Boolean.getBoolean(UPDATE)) {
            String text = Files.readString(README);
            Files.writeString(README, text.replace(BEGIN + reference(text) + END, BEGIN + expected + END));
        }

        assertThat(reference(Files.readString(README)))
                .as("the settings in README.md; to rewrite them, run this test with -D" + UPDATE + "=true")
                .isEqualTo(expected);
    }

    private static String reference(String readme) {
        assertThat(readme).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
        return readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END));
    }
}
