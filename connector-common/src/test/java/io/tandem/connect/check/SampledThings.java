package io.tandem.connect.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.check.Finding.Severity;
import io.tandem.connect.database.AggregateResolver;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.TestDatabase;
import io.tandem.connect.transform.CustomLens;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of things, and what a sample of its rows finds. */
final class SampledThings {

    static final String SECRET = "secret";

    static final String NAME_FIELD = """
            {"name": "name", "type": ["null", "string"], "default": null}""";

    private SampledThings() {}

    /** Strips what it reads, which is no law broken; or cuts, which is one. */
    public static class Stripping implements CustomLens {

        private boolean cuts;

        @Override
        public void configure(Map<String, ?> options) {
            cuts = options.containsKey("cuts");
        }

        @Override
        public List<@Nullable Object> toCanonical(List<@Nullable Object> columns) {
            return Arrays.asList(String.valueOf(columns.get(0)).strip());
        }

        @Override
        public List<@Nullable Object> toLocal(List<@Nullable Object> fields) {
            String text = String.valueOf(fields.get(0));
            return Arrays.asList(cuts && text.length() > 3 ? text.substring(0, 3) : text);
        }
    }

    static String stripping(String column, String field, String options) {
        return "{\"class\": \"" + Stripping.class.getName() + "\", \"columns\": [\"" + column + "\"], \"fields\": [\""
                + field + "\"], \"options\": {" + options + "}}";
    }

    static void createThings(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE thing (id BIGINT PRIMARY KEY, name VARCHAR(40), code CHAR(4))");
    }

    /** Things with the numbers from 1 on. */
    static void insertThings(TestDatabase database, int count) throws Exception {
        database.execute(
                "INSERT INTO thing (id, name) WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n "
                        + "WHERE i < " + count + ") SELECT i, 'A' FROM n");
    }

    static List<Finding> sample(
            TestDatabase database, int rows, List<ChildDefinition> children, String avroFields, String rules) {
        Database pool = database.open();
        AggregateDefinition definition = new AggregateDefinition("thing", "thing", List.of(), children, "");
        Aggregate aggregate =
                pool.withHandle(handle -> new AggregateResolver(pool.dialect()).resolve(handle, definition));
        return new MappingSample(pool, aggregate, "m", rows)
                .findings(Map.of("schema", """
                        {"type": "record", "name": "Thing", "key": ["id"], "fields": [
                          {"name": "id", "type": "long"}, %s]}""".formatted(avroFields), "mapping", """
                        {"aggregate": "thing", "master": "m", "fields": [{"field": "id", "column": "id"}, %s]}""".formatted(rules)));
    }

    static List<Finding> sample(TestDatabase database, int rows, String rules) {
        return sample(database, rows, List.of(), NAME_FIELD, rules);
    }

    static void assertErrors(TestDatabase database, List<Finding> findings, String... messages) {
        assertThat(findings).allMatch(finding -> finding.severity() == Severity.ERROR);
        assertThat(findings)
                .extracting(Finding::message)
                .containsExactlyInAnyOrder(Arrays.stream(messages)
                        .map(message -> message.replace("app.", database.schema() + "."))
                        .toArray(String[]::new));
        assertThat(findings.toString()).doesNotContain(SECRET);
    }
}
