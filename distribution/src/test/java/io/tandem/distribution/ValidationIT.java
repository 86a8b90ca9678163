package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.examples.ExamplePair;
import io.tandem.examples.Examples;
import io.tandem.testbed.ConnectRest.Validation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong setting gives one clear message, at the setting that is to blame, before a connector is created. */
@ExtendWith(PairExtension.class)
class ValidationIT {

    private final ExamplePair pair;

    ValidationIT(ExamplePair pair) {
        this.pair = pair;
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                wrong(
                        "unknown table",
                        "order-legacy-source",
                        Map.of("aggregate.root", "NO_SUCH_TABLE"),
                        "aggregate.root",
                        "table legacy.NO_SUCH_TABLE does not exist"),
                wrong(
                        "table in the wrong case",
                        "order-legacy-source",
                        Map.of("aggregate.root", "orders"),
                        "aggregate.root",
                        "upper and lower case included"),
                wrong(
                        "unknown child table",
                        "order-modern-sink",
                        Map.of("aggregate.children", "no_such_table"),
                        "aggregate.children",
                        "table public.no_such_table does not exist"),
                wrong(
                        "missing key",
                        "order-modern-source",
                        Map.of("aggregate.root", "keyless", "aggregate.children", ""),
                        "aggregate.key",
                        "has no primary key"),
                wrong(
                        "unknown key column",
                        "order-modern-source",
                        Map.of("aggregate.key", "no_such_column"),
                        "aggregate.key",
                        "has no column no_such_column"),
                wrong(
                        "no primary key on a child",
                        "order-modern-source",
                        Map.of("aggregate.children", "keyless", "aggregate.children.keyless.foreign.key", "order_id"),
                        "aggregate.children",
                        "child table public.keyless has no primary key"),
                wrong(
                        "no foreign key to the root",
                        "order-modern-source",
                        Map.of("aggregate.children", "customer_phone"),
                        "aggregate.children.customer_phone.foreign.key",
                        "no foreign key to the key of public.sales_order"),
                wrong(
                        "wrong policy",
                        "order-modern-sink",
                        Map.of("conflict.policy", "random"),
                        "conflict.policy",
                        "expected 'timestamp', 'priority' or a class"),
                wrong(
                        "priority with three masters",
                        "order-modern-sink",
                        Map.of("conflict.policy", "priority", "masters", "legacy,modern,third"),
                        "conflict.policy",
                        "valid for two masters only"),
                wrong(
                        "own master not among the masters",
                        "order-modern-sink",
                        Map.of("masters", "legacy,third"),
                        "masters",
                        "does not name this master"),
                wrong(
                        "own master not among the masters, in the sink",
                        "order-modern-sink",
                        Map.of("master", "third"),
                        "masters",
                        "or set sink.follower=true"),
                wrong(
                        "follower among the masters",
                        "order-modern-sink",
                        Map.of("sink.follower", "true"),
                        "master",
                        "is one of masters (legacy,modern)"),
                wrong(
                        "source that only follows",
                        "order-modern-source",
                        Map.of("master", "third", "sink.follower", "true"),
                        "sink.follower",
                        "is no setting of this connector"),
                wrong(
                        "a slip of the pen",
                        "order-modern-source",
                        Map.of("aggregate.chidlren", "sales_order_line"),
                        "aggregate.chidlren",
                        "did you mean 'aggregate.children'?"),
                wrong(
                        "unknown value of clock.skew.action",
                        "order-modern-sink",
                        Map.of("clock.skew.action", "ignore"),
                        "clock.skew.action",
                        "must be one of"),
                wrong(
                        "negative skew",
                        "order-modern-sink",
                        Map.of("clock.max.skew.ms", "-1"),
                        "clock.max.skew.ms",
                        "must be at least 0"),
                wrong(
                        "master named twice",
                        "order-modern-sink",
                        Map.of("masters", "legacy,modern,legacy"),
                        "masters",
                        "must name each master once"),
                wrong(
                        "master with a reserved id",
                        "order-modern-sink",
                        Map.of("masters", "modern,timestamp"),
                        "masters",
                        "is the name of another column"),
                wrong(
                        "password wrong on PostgreSQL",
                        "order-modern-source",
                        Map.of("connection.password", "wrong"),
                        "connection.password",
                        "the database refuses the user"),
                wrong(
                        "password wrong on MariaDB",
                        "order-legacy-source",
                        Map.of("connection.password", "wrong"),
                        "connection.password",
                        "the database refuses the user"),
                wrong(
                        "unknown database vendor",
                        "order-legacy-source",
                        Map.of("connection.url", "jdbc:h2:mem:x"),
                        "connection.url",
                        "expected jdbc:postgresql: or jdbc:mariadb:"),
                wrong(
                        "nobody listens",
                        "order-modern-source",
                        Map.of("connection.url", "jdbc:postgresql://127.0.0.1:1/modern"),
                        "connection.url",
                        "cannot be reached"),
                wrong(
                        "clocks not installed",
                        "order-modern-source",
                        Map.of("clock.schema", "elsewhere", "clock.install", "validate"),
                        "clock.install",
                        "CREATE TABLE \"elsewhere\".\"tandem_order_clock\""),
                wrong(
                        "unknown value of clock.install",
                        "order-modern-source",
                        Map.of("clock.install", "maybe"),
                        "clock.install",
                        "must be one of"),
                wrong(
                        "aggregate with blanks",
                        "order-modern-source",
                        Map.of("aggregate", "my order"),
                        "aggregate",
                        "lower-case letters"),
                wrong("no topic", "order-modern-source", Map.of("topic", ""), "topic", "the name of a topic"),
                wrong(
                        "mapping naming a column that does not exist",
                        "order-legacy-source",
                        Map.of(
                                "transforms.mapping.mapping",
                                mapping("REMARK_OF_OLD"),
                                "mapping.unmapped.columns",
                                "REMARK"),
                        "transforms.mapping.mapping",
                        "REMARK_OF_OLD"),
                wrong(
                        "mapping naming a column that does not exist, in the sink",
                        "order-legacy-sink",
                        Map.of(
                                "transforms.mapping.mapping",
                                mapping("REMARK_OF_OLD"),
                                "mapping.unmapped.columns",
                                "REMARK"),
                        "transforms.mapping.mapping",
                        "REMARK_OF_OLD"),
                wrong(
                        "mapping that is not JSON",
                        "order-legacy-source",
                        Map.of("transforms.mapping.mapping", "{"),
                        "transforms.mapping.mapping",
                        "mapping"));
    }

    private static String mapping(String remarkColumn) {
        return Examples.text("mappings/order.legacy.json").replace("\"REMARK\"", '"' + remarkColumn + '"');
    }

    private static Arguments wrong(
            String what, String connector, Map<String, String> settings, String blamed, String message) {
        return Arguments.of(what, connector, settings, blamed, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongSettings")
    void a_wrong_setting_gives_one_clear_message(
            String what, String connector, Map<String, String> settings, String blamed, String message) {
        pair.modern().createTable("keyless", "order_id bigint NOT NULL, note text");
        Map<String, String> config = new HashMap<>(pair.settings(connector));
        config.put("name", connector);
        config.putAll(settings);

        Validation validation = pair.worker().rest().validate(config.get("connector.class"), config);

        assertThat(validation.errors()).as(what).containsOnlyKeys(blamed);
        List<String> messages = validation.errors().get(blamed);
        assertThat(messages).as(what).singleElement().asString().contains(message);
        assertThat(messages.toString()).doesNotContain(pair.settings(connector).get("connection.password"));
    }

    @Test
    void the_example_settings_are_valid() {
        for (String connector : Examples.CONNECTORS) {
            Map<String, String> config = pair.settings(connector);
            config.put("name", connector);

            Validation validation = pair.worker().rest().validate(config.get("connector.class"), config);

            assertThat(validation.errors()).as(connector).isEmpty();
        }
    }
}
