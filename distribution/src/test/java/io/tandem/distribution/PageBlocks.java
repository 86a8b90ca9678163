package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fenced blocks of a page that have a file name behind their language. Knows which of them a test has used. */
final class PageBlocks {

    private static final Pattern BLOCK =
            Pattern.compile("^```\\w+ (\\S+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String UPDATE = "update.reference";

    private final Path page;
    private final Map<String, String> blocks;
    private final Set<String> used = new LinkedHashSet<>();

    private PageBlocks(Path page, Map<String, String> blocks) {
        this.page = page;
        this.blocks = blocks;
    }

    /** @param page relative to the project's folder */
    static PageBlocks of(String page) {
        // the module's folder is the working directory of its tests
        Path path = Path.of("..").resolve(page);
        Map<String, String> blocks = new LinkedHashMap<>();
        Matcher block = BLOCK.matcher(read(path));
        while (block.find()) {
            assertThat(blocks.put(block.group(1), block.group(2)))
                    .as("another block %s in %s", block.group(1), page)
                    .isNull();
        }
        return new PageBlocks(path, blocks);
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names in the page's order. */
    List<String> names() {
        return List.copyOf(blocks.keySet());
    }

    /** A block's lines. */
    String text(String name) {
        used.add(name);
        String text = blocks.get(name);
        if (text == null) {
            throw new IllegalArgumentException(page + " has no block " + name);
        }
        return text;
    }

    /** Asserts that a block shows this, or makes it so if the page is to be updated. */
    void assertShows(String name, String actual) {
        String shown = text(name);
        if (Boolean.getBoolean(UPDATE)) {
            String open = " " + name + "\n";
            try {
                Files.writeString(page, read(page).replace(open + shown + "```", open + actual + "```"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else {
            assertThat(shown)
                    .as("%s in %s; to rewrite it, run this test with -D%s=true", name, page, UPDATE)
                    .isEqualTo(actual);
        }
    }

    /** Asserts that no block of the page was forgotten. */
    void assertAllUsed() {
        assertThat(used)
                .as("the blocks of %s that the test has used", page)
                .containsExactlyInAnyOrderElementsOf(names());
    }
}
