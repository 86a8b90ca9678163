package io.tandem.connect.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tandem.connect.database.DatabaseTest;
import io.tandem.connect.database.TestDatabase;
import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules as functions of a database, written from the protocol's page alone, give the core's answers. */
class SqlConformanceTest {

    /** A rule broken on purpose. */
    private record Broken(String rule, String replacement) {}

    private static final List<Broken> BROKEN = List.of(
            new Broken("greatest(latest, previous.stamp + 1)", "latest"),
            new Broken("greatest(latest, previous.stamp + 1)", "greatest(latest, previous.stamp)"),
            new Broken("SELECT max(noted)", "SELECT min(noted)"),
            new Broken("written.writer := self", "written.writer := previous.writer"),
            new Broken("previous.clock || jsonb_build_object", "jsonb_build_object"),
            new Broken("less := less OR", "less :="),
            new Broken("more := more OR", "more :="),
            new Broken("(clock ->> master)::bigint", "(clock ->> master)::float8::bigint"),
            new Broken("IF counter > 0", "IF counter >= 0"),
            new Broken("merged := merged || jsonb_build_object", "merged := jsonb_build_object"),
            new Broken("tandem.policy_order(policy, incoming, stored) > 0", "incoming.stamp >= stored.stamp"),
            new Broken("count(*) = count(DISTINCT master)", "count(*) > 0"),
            new Broken("cardinality(tandem.policy_masters(policy)) = 2", "true"),
            new Broken("cardinality(tandem.policy_masters(policy)) + 1", "0"),
            new Broken("COLLATE \"C\" < r.writer THEN 1 ELSE -1", "COLLATE \"C\" < r.writer THEN -1 ELSE 1"),
            new Broken("l.writer COLLATE \"C\" < r.writer THEN 1 ELSE -1 END", "0 = 1 THEN 1 ELSE 0 END"),
            new Broken("policy LIKE 'priority:%'", "false"),
            new Broken("stored.stamp = incoming.stamp AND stored.writer", "stored.writer"),
            new Broken("AND stored.writer = incoming.writer", ""),
            new Broken("by_timestamp AND stored.stamp", "stored.stamp"),
            new Broken("by_timestamp AND incoming.stamp", "incoming.stamp"),
            new Broken("stored.stamp > incoming.stamp THEN", "stored.stamp >= incoming.stamp THEN"),
            new Broken("incoming.stamp > stored.stamp THEN", "incoming.stamp >= stored.stamp THEN"),
            new Broken("IF NOT same_write THEN", "IF false THEN"),
            new Broken("IF same_write THEN", "IF false THEN"),
            new Broken("starts_with(policy, published || ',')", "starts_with(policy, published)"),
            new Broken("policy LIKE 'timestamp:%' AND starts_with", "starts_with"),
            new Broken("published = policy OR (", "("),
            new Broken("incoming, self) > tandem", "incoming, self) >= tandem"),
            new Broken("winner.clock := tandem.merge_clocks(stored.clock, incoming.clock);", ""),
            new Broken("IN ('APPLY', 'CONFLICT_INCOMING_WINS')", "IN ('APPLY')"));

    @DatabaseTest(Vendor.POSTGRESQL)
    void theFunctionsPassAllVectors(TestDatabase database) throws Exception {
        ArrayNode vectors = ConformanceFiles.vectors();
        try (Connection connection = database.connect()) {
            install(connection, ConformanceFiles.text("tandem.sql"));

            List<String> failed = failed(connection, vectors);

            System.out.println("CONFORMANCE vectors=" + vectors.size() + " failed=" + failed.size());
            assertThat(failed).isEmpty();
            assertThat(vectors.size()).isGreaterThan(100);
        }
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void oneChangedExpectationOfAnyKindMakesThatVectorFailAndNoOther(TestDatabase database) throws Exception {
        assertThat(ConformanceFiles.CHANGED).containsOnlyKeys(ConformanceFiles.kinds());
        try (Connection connection = database.connect()) {
            install(connection, ConformanceFiles.text("tandem.sql"));
            for (Map.Entry<String, String> change : ConformanceFiles.CHANGED.entrySet()) {
                ArrayNode vectors = ConformanceFiles.vectors();
                String changed = ConformanceFiles.changeOne(vectors, change.getKey(), change.getValue());

                assertThat(failed(connection, vectors)).containsExactly(changed);
            }
        }
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void everyRuleThatIsBrokenMakesAVectorFail(TestDatabase database) throws Exception {
        ArrayNode vectors = ConformanceFiles.vectors();
        String rules = ConformanceFiles.text("tandem.sql");
        try (Connection connection = database.connect()) {
            for (Broken broken : BROKEN) {
                assertThat(rules).contains(broken.rule());
                install(connection, rules.replace(broken.rule(), broken.replacement()));

                assertThat(failed(connection, vectors))
                        .as("vectors that notice %s", broken)
                        .isNotEmpty();
                Sql.run(connection, "DROP SCHEMA tandem CASCADE");
            }
        }
    }

    private static void install(Connection connection, String rules) throws SQLException, IOException {
        Sql.run(connection, rules, ConformanceFiles.text("check.sql"));
    }

    private static List<String> failed(Connection connection, ArrayNode vectors) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id FROM tandem.failed_vectors(?::jsonb)")) {
            statement.setString(1, vectors.toString());
            List<String> ids = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    ids.add(result.getString(1));
                }
            }
            return ids;
        }
    }
}
