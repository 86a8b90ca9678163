package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Grants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The grants in docs/security.md are those that the tests and the demo run with. */
class SecurityPageTest {

    private static final String USER = "tandem";

    private static Grants grants(String block) {
        boolean postgres = block.startsWith("postgresql");
        String schema = postgres ? "public" : "legacy";
        if (block.contains("-rows-")) {
            return new Grants(
                    USER,
                    schema,
                    "account",
                    List.of("account"),
                    "tandem_account_clock",
                    List.of("tandem_account_journal"),
                    List.of("tandem_account$account_journal"));
        }
        List<String> tables =
                postgres ? List.of("customer", "customer_address", "customer_phone") : List.of("CUSTOMERS");
        return new Grants(
                USER,
                schema,
                tables.get(0),
                tables,
                "tandem_customer_clock",
                List.of("tandem_customer_journal"),
                List.of());
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of("..", "testbed", "harness", "src", "main", "resources", "grants"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void the_page_shows_the_grants_that_the_tests_run_with() throws IOException {
        PageBlocks page = PageBlocks.of("docs/security.md");

        for (String block : page.names()) {
            page.assertShows(block, grants(block).text(block.replace(".sql", "")));
        }

        page.assertAllUsed();
        assertThat(page.names()).containsExactlyInAnyOrderElementsOf(files());
    }
}
