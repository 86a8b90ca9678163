package io.tandem.distribution;

import io.tandem.examples.ExamplePair;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's mapping with five mistakes. */
@ExtendWith(PairExtension.class)
class MappingMistakesIT {

    private final ExamplePair pair;

    MappingMistakesIT(ExamplePair pair) {
        this.pair = pair;
    }

    @Test
    void the_readme_shows_what_the_check_says_about_a_mapping_with_five_mistakes() {
        PageBlocks readme = PageBlocks.of("README.md");
        Map<String, String> config = new HashMap<>(pair.settings("customer-legacy-source"));
        config.put("name", "customer-legacy-source");
        config.put("transforms.mapping.mapping", readme.text("mistakes.json"));

        String answer = CheckAnswer.of(pair, config);

        readme.assertShows("mistakes.txt", answer);
    }
}
