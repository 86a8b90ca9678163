package io.tandem.connect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.clock.ConflictPolicy;
import io.tandem.clock.Masters;
import io.tandem.clock.PriorityPolicy;
import io.tandem.clock.TimestampPolicy;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.SoftDeleteDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting that is wrong by itself is refused by its name, with what is expected. */
class CommonConfigTest {

    @Test
    void the_least_that_has_to_be_said_is_enough() {
        CommonConfig config = TestConfig.of(Map.of());

        assertThat(config.master()).isEqualTo("legacy");
        assertThat(config.masters().ids()).containsExactly("legacy", "modern");
        assertThat(config.policy()).isInstanceOf(TimestampPolicy.class);
        assertThat(config.clockInstall()).isEqualTo(ClockInstall.VALIDATE);
        assertThat(config.createsClocks()).isFalse();
        assertThat(config.aggregate())
                .isEqualTo(new AggregateDefinition("purchase", "orders", List.of(), List.of(), ""));
    }

    @Test
    void children_are_named_after_their_tables_or_given_one() {
        CommonConfig config = TestConfig.of(Map.of(
                "aggregate.key", "a, b",
                "aggregate.children", "item,remarks",
                "aggregate.children.remarks.table", "s.remark",
                "aggregate.children.remarks.foreign.key", "x , y",
                "clock.schema", "tandem"));

        assertThat(config.aggregate())
                .isEqualTo(new AggregateDefinition(
                        "purchase",
                        "orders",
                        List.of("a", "b"),
                        List.of(
                                new ChildDefinition("item", "item", List.of()),
                                new ChildDefinition("remarks", "s.remark", List.of("x", "y"))),
                        "tandem"));
    }

    @Test
    void children_may_have_parents_and_keys_of_their_own() {
        CommonConfig config = TestConfig.of(Map.of(
                "aggregate.children", "item,discount",
                "aggregate.children.item.key", "pos",
                "aggregate.children.discount.parent", "item",
                "aggregate.children.discount.key", "code, valid_from"));

        assertThat(config.aggregate().children())
                .containsExactly(
                        new ChildDefinition("item", "item", "", List.of(), List.of("pos")),
                        new ChildDefinition("discount", "discount", "item", List.of(), List.of("code", "valid_from")));
    }

    @Test
    void a_mark_of_deleted_rows_needs_a_column_and_a_value() {
        assertThat(TestConfig.of(Map.of("aggregate.deleted.column", "state", "aggregate.deleted.value", "GONE"))
                        .aggregate()
                        .softDelete())
                .contains(new SoftDeleteDefinition("state", "GONE", Optional.empty()));
        assertThatThrownBy(() -> TestConfig.of(Map.of("aggregate.deleted.column", "state")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("aggregate.deleted.value");
        assertThatThrownBy(() -> TestConfig.of(Map.of("aggregate.deleted.value", "GONE")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("aggregate.deleted.column");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection.url", "master", "masters", "aggregate", "aggregate.root"})
    void a_setting_that_is_missing_is_named(String setting) {
        Map<String, String> properties = TestConfig.properties(Map.of());
        properties.remove(setting);

        assertThatThrownBy(() -> new TestConfig(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"" + setting + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "master | Legacy | lower-case letters",
                "master | 1st | lower-case letters",
                "master | a23456789012345678901234567890x | lower-case letters",
                "master | third | does not name this master",
                "masters | legacy,mod-ern | lower-case letters",
                "masters | legacy,legacy | legacy",
                "masters | modern | does not name this master",
                "aggregate | Purchase | lower-case letters",
                "aggregate | a b | lower-case letters",
                "clock.install | maybe | VALIDATE",
                "conflict.policy | newest | timestamp",
                "conflict.policy | java.lang.String | timestamp"
            })
    void a_setting_that_is_wrong_is_named_with_what_is_expected(String setting, String value, String expected) {
        // the master at hand is wrong where it is not in the list
        String blamed = setting.equals("master") && value.equals("third") ? "masters" : setting;

        assertThatThrownBy(() -> TestConfig.of(Map.of(setting, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("configuration " + blamed + ":")
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "writer", "deleted"})
    void an_id_that_is_taken_by_another_column_of_the_clock_table_is_refused(String id) {
        assertThatThrownBy(() -> TestConfig.of(Map.of("masters", "legacy," + id)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("configuration masters")
                .hasMessageContaining("'" + id + "'");
    }

    @Test
    void priority_is_for_two_masters_only() {
        assertThat(TestConfig.of(Map.of("conflict.policy", "priority")).policy())
                .isInstanceOf(PriorityPolicy.class);

        assertThatThrownBy(() -> TestConfig.of(Map.of("conflict.policy", "priority", "masters", "legacy,modern,third")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("configuration conflict.policy");
    }

    @Test
    void a_policy_of_the_users_own_is_made_with_the_masters() {
        CommonConfig config = TestConfig.of(Map.of("conflict.policy", OwnPolicy.class.getName()));

        assertThat(config.policy())
                .isInstanceOfSatisfying(
                        OwnPolicy.class,
                        policy -> assertThat(policy.masters.ids()).containsExactly("legacy", "modern"));
    }

    @Test
    void what_to_install_may_be_written_in_any_case() {
        assertThat(TestConfig.of(Map.of("clock.install", "Create")).createsClocks())
                .isTrue();
    }

    @Test
    void no_password_is_shown() {
        CommonConfig config = TestConfig.of(Map.of(
                "connection.password", "hidden", "connection.url", "jdbc:postgresql://h/d?password=hidden&user=u"));

        assertThat(config.connection()).asString().doesNotContain("hidden");
        assertThat(config.values().toString()).doesNotContain("password=hidden,");
        assertThat(config.connection().password()).isEqualTo("hidden");
    }

    /** A policy as a user would write it. */
    public static final class OwnPolicy implements ConflictPolicy {

        private final Masters masters;

        public OwnPolicy(Masters masters) {
            this.masters = masters;
        }

        @Override
        public String id() {
            return "own";
        }

        @Override
        public int compare(Version left, Version right) {
            return Long.compare(left.timestampMicros(), right.timestampMicros());
        }

        @Override
        public boolean latestWins() {
            return true;
        }
    }

    /** The settings that both connectors have, and no others. */
    static final class TestConfig extends CommonConfig {

        TestConfig(Map<String, String> properties) {
            super(commonDefinition(), properties);
        }

        static TestConfig of(Map<String, String> changed) {
            return new TestConfig(properties(changed));
        }

        static Map<String, String> properties(Map<String, String> changed) {
            Map<String, String> properties = new HashMap<>(Map.of(
                    "connection.url", "jdbc:postgresql://localhost/nothing",
                    "master", "legacy",
                    "masters", "legacy,modern",
                    "aggregate", "purchase",
                    "aggregate.root", "orders"));
            properties.putAll(changed);
            return properties;
        }

        static Config validated(Map<String, String> properties) {
            return new Config(commonDefinition().validate(properties));
        }
    }
}
