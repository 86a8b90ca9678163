package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.examples.ExamplePair;
import io.tandem.examples.Master;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Follows docs/mapping-guide.md as a reader would: what it says to write is written, what it says to ask is asked, and
 * what it shows is what comes.
 */
@ExtendWith(PairExtension.class)
class MappingGuideIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DOCUMENT = Pattern.compile("\\$\\{directory:tandem/(?:mappings|canonical):([^}]+)}");
    private static final Pattern STEP = Pattern.compile("(\\d+)-(write|read|shown)-(legacy|modern)\\.(?:sql|txt)");
    private static final String MAPPING = "transforms.mapping.mapping";

    /** In the order in which the guide creates them. */
    private static final List<String> CONNECTORS =
            List.of("patient-modern-source", "patient-modern-sink", "patient-legacy-sink", "patient-legacy-source");

    private final PageBlocks guide = PageBlocks.of("docs/mapping-guide.md");
    private final ExamplePair pair;

    MappingGuideIT(ExamplePair pair) {
        this.pair = pair;
    }

    @AfterEach
    void deleteConnectors() {
        pair.rest().connectors().stream().filter(CONNECTORS::contains).forEach(pair.rest()::delete);
    }

    @Test
    void the_guide_leads_from_two_schemas_to_a_running_pair() {
        create(pair.legacy(), guide.text("legacy.sql"), settings("patient-legacy-source"));
        create(pair.modern(), guide.text("modern.sql"), settings("patient-modern-source"));

        checks();
        travels();

        guide.assertAllUsed();
    }

    private void checks() {
        Map<String, String> first = settings("patient-legacy-source");
        first.put(MAPPING, guide.text("first.json"));
        guide.assertShows("first.txt", CheckAnswer.of(pair, first));

        Map<String, String> unmapped = settings("patient-legacy-source");
        unmapped.remove("mapping.unmapped.columns");
        guide.assertShows("unmapped.txt", CheckAnswer.of(pair, unmapped));

        Map<String, String> key = settings("patient-modern-source");
        key.remove("aggregate.key");
        guide.assertShows("key.txt", CheckAnswer.of(pair, key));

        assertThat(CONNECTORS)
                .allSatisfy(connector -> assertThat(CheckAnswer.of(pair, settings(connector)))
                        .as(connector)
                        .isEmpty());
    }

    /** The first step is before the connectors, so that there is something to seed. */
    private void travels() {
        for (String name : guide.names()) {
            Matcher step = STEP.matcher(name);
            if (step.matches()) {
                Master master = step.group(3).equals("legacy") ? pair.legacy() : pair.modern();
                if (step.group(2).equals("write")) {
                    master.run(statements(guide.text(name)));
                } else if (step.group(2).equals("read")) {
                    String shown = name.replace("read", "shown").replace(".sql", ".txt");
                    awaitShown(master, guide.text(name), guide.text(shown));
                }
                if (name.equals("1-write-legacy.sql")) {
                    CONNECTORS.forEach(this::post);
                }
            }
        }
    }

    private void awaitShown(Master master, String query, String shown) {
        await(master.id() + " shows what the guide says")
                .atMost(Await.LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .failFast(pair::requireNoFailure)
                .untilAsserted(() -> assertThat(rows(master, query)).isEqualTo(shown));
    }

    /** As the unaligned output of the databases' own clients: no header, nothing for NULL. */
    private static String rows(Master master, String query) throws SQLException {
        try (Connection connection = master.application();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            StringBuilder text = new StringBuilder();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                for (int i = 1; i <= columns; i++) {
                    String value = result.getString(i);
                    text.append(i == 1 ? "" : "|").append(value == null ? "" : value);
                }
                text.append('\n');
            }
            return text.toString();
        }
    }

    private void post(String connector) {
        ObjectNode body = (ObjectNode) file(connector);
        Map<String, String> config = settings(connector);
        config.remove("name");
        body.set("config", JSON.valueToTree(config));
        pair.rest().create(body);
        pair.awaitRunning(connector);
    }

    /** The settings of a connector's file, with the documents that the worker would read from its folders. */
    private Map<String, String> settings(String connector) {
        JsonNode file = file(connector);
        assertThat(file.get("name").asText()).isEqualTo(connector);
        Map<String, String> config = new HashMap<>(Map.of("name", connector));
        file.get("config").properties().forEach(setting -> {
            Matcher document = DOCUMENT.matcher(setting.getValue().asText());
            config.put(
                    setting.getKey(),
                    document.matches()
                            ? guide.text(document.group(1))
                            : setting.getValue().asText());
        });
        return config;
    }

    private JsonNode file(String connector) {
        try {
            return JSON.readTree(guide.text(connector + ".json"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the guide's " + connector + ".json is not JSON", e);
        }
    }

    private static void create(Master master, String ddl, Map<String, String> settings) {
        try (Connection connection = master.server().connect(master.id());
                Statement statement = connection.createStatement()) {
            for (String sql : statements(ddl)) {
                statement.execute(sql);
            }
            master.grant(settings);
        } catch (SQLException e) {
            throw new IllegalStateException(master.id() + ": " + e.getMessage(), e);
        }
    }

    private static String[] statements(String sql) {
        return sql.strip().split(";\\s*(?:\\n|$)");
    }
}
