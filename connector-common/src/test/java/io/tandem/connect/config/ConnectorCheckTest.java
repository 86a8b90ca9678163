package io.tandem.connect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.connect.config.CommonConfigTest.TestConfig;
import io.tandem.connect.database.DatabaseTest;
import io.tandem.connect.database.Orders;
import io.tandem.connect.database.TestDatabase;
import io.tandem.connect.transform.FromCanonical;
import io.tandem.connect.transform.ToCanonical;
import io.tandem.testbed.Vendor;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

/** What is wrong in the real database becomes an error of exactly one setting. */
class ConnectorCheckTest {

    @DatabaseTest
    void nothing_is_wrong_where_all_is_there_or_to_be_created(TestDatabase database) throws Exception {
        Orders.createTables(database);

        assertThat(errors(properties(database, Map.of("clock.install", "create"))))
                .isEmpty();
    }

    @DatabaseTest
    void checking_creates_nothing(TestDatabase database) throws Exception {
        Orders.createTables(database);
        errors(properties(database, Map.of("clock.install", "create")));

        assertThat(errors(properties(database, Map.of()))).hasSize(1);
    }

    @DatabaseTest
    void missing_clocks_are_an_error_of_the_setting_that_would_create_them(TestDatabase database) throws Exception {
        Orders.createTables(database);

        isTheOnlyError(errors(properties(database, Map.of())), "clock.install", "CREATE TABLE");
    }

    @DatabaseTest
    void starting_creates_what_is_missing_if_told_so(TestDatabase database) throws Exception {
        Orders.createTables(database);

        ConnectorCheck.start(new TestConfig(properties(database, Map.of("clock.install", "create"))));

        assertThat(errors(properties(database, Map.of()))).isEmpty();
    }

    @DatabaseTest
    void starting_without_clocks_ends_with_their_ddl(TestDatabase database) throws Exception {
        Orders.createTables(database);
        TestConfig config = new TestConfig(properties(database, Map.of()));

        assertThatThrownBy(() -> ConnectorCheck.start(config))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("clock.install: ")
                .hasMessageContaining("CREATE TABLE");
    }

    @DatabaseTest
    void tables_that_cannot_take_part_are_errors_of_their_setting(TestDatabase database) throws Exception {
        Orders.createTables(database);

        isTheOnlyError(errors(properties(database, Map.of("aggregate.root", "order"))), "aggregate.root", "order");
        isTheOnlyError(errors(properties(database, Map.of("aggregate.key", "nr"))), "aggregate.key", "nr");
        isTheOnlyError(
                errors(properties(database, Map.of("aggregate.children", "item,things"))),
                "aggregate.children",
                "things");
        isTheOnlyError(
                errors(properties(
                        database,
                        Map.of("aggregate.children", "item", "aggregate.children.item.foreign.key", "order_id,pos"))),
                "aggregate.children.item.foreign.key",
                "names 2 columns");
    }

    @DatabaseTest
    void rows_that_do_not_survive_the_mapping_are_errors_of_the_mapping_if_a_sample_is_asked_for(TestDatabase database)
            throws Exception {
        Orders.createTables(database);
        database.execute("INSERT INTO orders VALUES (1, 'A'), (2, 'secret'), (3, NULL)");
        for (Class<?> transform : List.of(ToCanonical.class, FromCanonical.class)) {
            Map<String, String> properties = mapped(properties(database, Map.of("clock.install", "create")), transform);

            assertThat(errors(properties)).isEmpty();
            properties.put("mapping.check.rows", "10");
            List<ConfigValue> errors = errors(properties);

            assertThat(errors).extracting(ConfigValue::name).containsExactly("transforms.map.mapping");
            assertThat(errors.get(0).errorMessages())
                    .hasSize(2)
                    .allSatisfy(message -> assertThat(message)
                            .startsWith("mapping: of 3 rows of " + database.schema() + ".orders, 1 ")
                            .doesNotContain("secret"))
                    .anySatisfy(message -> assertThat(message).contains("can't be mapped: note", "(key 2)"))
                    .anySatisfy(message -> assertThat(message).contains("different in column note", "(key 3)"));
            TestConfig config = new TestConfig(properties);
            assertThatThrownBy(() -> ConnectorCheck.start(config))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageStartingWith("transforms.map.mapping: mapping: of 3 rows");

            // as a worker finds the transform too
            properties.put("transforms.map.type", transform.getSimpleName());
            assertThat(errors(properties)).extracting(ConfigValue::name).containsExactly("transforms.map.mapping");
        }
    }

    @DatabaseTest
    void a_mapping_that_is_wrong_by_itself_is_not_tried_on_rows(TestDatabase database) throws Exception {
        Orders.createTables(database);
        database.execute("INSERT INTO orders VALUES (2, 'secret')");
        Map<String, String> properties =
                mapped(properties(database, Map.of("mapping.check.rows", "10")), ToCanonical.class);
        properties.computeIfPresent(
                "transforms.map.mapping", (name, text) -> text.replace("\"column\": \"note\"", "\"column\": \"nota\""));

        assertThat(errors(properties).get(0).errorMessages())
                .isNotEmpty()
                .noneMatch(message -> message.contains("of 1 row"));
    }

    private static Map<String, String> mapped(Map<String, String> properties, Class<?> transform) {
        properties.putAll(Map.of(
                "transforms", "map",
                "transforms.map.type", transform.getName(),
                "transforms.map.schema", """
                        {"type": "record", "name": "Purchase", "key": ["id"], "fields": [
                          {"name": "id", "type": "long"}, {"name": "note", "type": "string"}]}""",
                "transforms.map.mapping", """
                        {"aggregate": "purchase", "master": "legacy", "fields": [{"field": "id", "column": "id"},
                          {"field": "note", "column": "note", "codes": {"A": "ACTIVE"}, "default": "ACTIVE"}]}"""));
        return properties;
    }

    @DatabaseTest
    void a_wrong_password_is_an_error_of_the_password(TestDatabase database) {
        isTheOnlyError(
                errors(properties(database, Map.of("connection.password", "wrong"))),
                "connection.password",
                "refuses the user");
    }

    @DatabaseTest
    void a_server_that_is_not_there_is_an_error_of_the_url_but_no_reason_not_to_start(TestDatabase database) {
        Map<String, String> properties = properties(
                database,
                Map.of(
                        "connection.url",
                        database.vendor().choose("jdbc:postgresql", "jdbc:mariadb") + "://127.0.0.1:1/x"));

        isTheOnlyError(errors(properties), "connection.url", "cannot be reached");
        assertThatCode(() -> ConnectorCheck.start(new TestConfig(properties))).doesNotThrowAnyException();
    }

    @Test
    void a_url_of_another_vendor_is_an_error_of_the_url() {
        Map<String, String> properties = TestConfig.properties(Map.of("connection.url", "jdbc:oracle:thin:@h/d"));

        isTheOnlyError(errors(properties), "connection.url", "expected jdbc:postgresql: or jdbc:mariadb:");
        assertThatThrownBy(() -> ConnectorCheck.start(new TestConfig(properties)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("connection.url");
    }

    @Test
    void a_url_that_its_driver_cannot_read_is_an_error_of_the_url() {
        for (String url : List.of("jdbc:postgresql://h:port/d?password=hidden", "jdbc:mariadb:what?password=hidden")) {
            Map<String, String> properties = TestConfig.properties(Map.of("connection.url", url));

            isTheOnlyError(errors(properties), "connection.url", "");
            assertThat(errors(properties).get(0).errorMessages().get(0)).doesNotContain("hidden");
            assertThatThrownBy(() -> ConnectorCheck.start(new TestConfig(properties)))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("connection.url");
        }
    }

    @Test
    void a_setting_that_nobody_reads_is_an_error_with_what_may_be_meant() {
        isTheOnlyError(
                errors(TestConfig.properties(Map.of("aggregate.chidlren", "item"))),
                "aggregate.chidlren",
                "did you mean 'aggregate.children'?");
        isTheOnlyError(
                errors(TestConfig.properties(Map.of("Aggregate.Key", "id"))),
                "Aggregate.Key",
                "did you mean 'aggregate.key'?");
        isTheOnlyError(
                errors(TestConfig.properties(
                        Map.of("aggregate.children", "item", "aggregate.children.item.tabel", "items"))),
                "aggregate.children.item.tabel",
                "did you mean 'aggregate.children.item.table'?");
        isTheOnlyError(
                errors(TestConfig.properties(Map.of("clock.colour", "red"))), "clock.colour", "is no setting of this");
    }

    @Test
    void settings_of_connect_and_of_transforms_are_none_of_ours() {
        Map<String, String> properties = TestConfig.properties(Map.of(
                "connection.url", "jdbc:none",
                "errors.tolerance", "all",
                "transforms.x.aggregate.chidlren", "x",
                "consumer.override.auto.offset.reset", "earliest"));

        isTheOnlyError(errors(properties), "connection.url", "expected jdbc:postgresql:");
    }

    @Test
    void a_mapping_the_wrong_way_round_is_an_error_of_the_transform() {
        Map<String, String> properties = TestConfig.properties(
                Map.of("transforms", "a, b", "transforms.a.type", "FromCanonical", "transforms.b.type", "ToCanonical"));
        Config validated = ConnectorCheck.validate(
                TestConfig.validated(properties), properties, TestConfig::new, ToCanonical.class);

        assertThat(validated.configValues())
                .filteredOn(value -> !value.errorMessages().isEmpty())
                .singleElement()
                .satisfies(value -> assertThat(value.name()).isEqualTo("transforms.a.type"))
                .satisfies(value -> assertThat(value.errorMessages().toString())
                        .contains("expected " + ToCanonical.class.getName()));
    }

    @Test
    void settings_that_are_wrong_by_themselves_are_found_without_a_database() {
        isTheOnlyError(
                errors(TestConfig.properties(Map.of("masters", "modern,third"))),
                "masters",
                "does not name this master");
        isTheOnlyError(
                errors(TestConfig.properties(Map.of("conflict.policy", "newest"))), "conflict.policy", "'timestamp'");
        isTheOnlyError(errors(TestConfig.properties(Map.of("aggregate", "A"))), "aggregate", "lower-case");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void an_error_shows_no_secret_of_the_url(TestDatabase database) {
        List<ConfigValue> errors = errors(properties(
                database,
                Map.of("connection.url", database.settings().url() + "?password=hidden", "aggregate.root", "no")));

        assertThat(errors)
                .allSatisfy(
                        error -> assertThat(error.errorMessages().toString()).doesNotContain("hidden"));
    }

    private static Map<String, String> properties(TestDatabase database, Map<String, String> changed) {
        Map<String, String> properties = TestConfig.properties(Map.of(
                "connection.url", database.settings().url(),
                "connection.user", database.settings().user(),
                "connection.password", database.settings().password()));
        properties.putAll(changed);
        return properties;
    }

    private static List<ConfigValue> errors(Map<String, String> properties) {
        Config validated = ConnectorCheck.validate(
                TestConfig.validated(properties), properties, TestConfig::new, transform(properties));
        return validated.configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .toList();
    }

    /** Rows survive a mapping or not whichever way the connector takes. */
    private static Class<?> transform(Map<String, String> properties) {
        return properties.getOrDefault("transforms.map.type", "").endsWith(FromCanonical.class.getSimpleName())
                ? FromCanonical.class
                : ToCanonical.class;
    }

    private static void isTheOnlyError(List<ConfigValue> errors, String setting, String expected) {
        assertThat(errors).extracting(ConfigValue::name).containsExactly(setting);
        assertThat(errors.get(0).errorMessages()).singleElement().asString().contains(expected);
    }
}
