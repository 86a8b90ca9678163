package io.tandem.connect.config;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.config.MappingChecks.Located;
import io.tandem.connect.database.AggregateResolver;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.ClockInstaller;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.DatabaseException;
import io.tandem.connect.database.ErrorKind;
import io.tandem.connect.database.InvalidAggregateException;
import io.tandem.connect.database.RightsCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a connector's settings against the real database: at REST validation, where every finding becomes an error of
 * the setting that is to blame, and at start, where the first one ends it and what is only a risk is
 * logged.
 */
public final class ConnectorCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorCheck.class);
    private static final Pattern NAMED_SETTING = Pattern.compile("configuration ([A-Za-z0-9_.]+)");

    private ConnectorCheck() {}

    /** What is wrong, and with which setting. */
    private record Finding(String setting, String message) {}

    /**
     * Adds what is wrong to a validation by definition, settings among it that nobody would read; looks at the database
     * only if the settings are right by themselves.
     *
     * @param byDefinition the result of Connect's own validation
     * @param transform the one that maps in the direction of this kind of connector
     */
    public static Config validate(
            Config byDefinition,
            Map<String, String> properties,
            Function<Map<String, String>, CommonConfig> read,
            Class<?> transform) {
        Set<String> defined =
                byDefinition.configValues().stream().map(ConfigValue::name).collect(Collectors.toSet());
        Config result = byDefinition;
        Map<String, String> plain = new TreeMap<>();
        UnknownSettings.of(defined, properties)
                .forEach((name, problem) -> plain.put(name, "setting " + name + " " + problem));
        plain.putAll(MappingChecks.wrongWayRound(properties, transform));
        for (Map.Entry<String, String> problem : plain.entrySet()) {
            result = with(result, new Finding(problem.getKey(), problem.getValue()));
        }
        boolean wrong = result.configValues().stream()
                .anyMatch(value -> !value.errorMessages().isEmpty());
        if (!wrong) {
            for (Finding finding : find(properties, read)) {
                result = with(result, finding);
            }
        }
        return result;
    }

    private static List<Finding> find(
            Map<String, String> properties, Function<Map<String, String>, CommonConfig> read) {
        CommonConfig config;
        try {
            config = read.apply(properties);
        } catch (ConfigException e) {
            return List.of(new Finding(namedSetting(e), String.valueOf(e.getMessage())));
        }
        try (Database database = Database.connect(config.connection(), config.master() + "-check")) {
            Aggregate aggregate = database.withHandle(
                    handle -> new AggregateResolver(database.dialect()).resolve(handle, config.aggregate()));
            List<Finding> mapping = MappingChecks.of(database, aggregate, config).stream()
                    .filter(located -> located.finding().stops(false))
                    .map(located -> new Finding(located.setting(), located.message()))
                    .toList();
            if (!mapping.isEmpty()) {
                return mapping;
            }
            requireRights(database, aggregate, config);
            String schema = config.aggregate().clockSchema();
            if (config.createsClocks() && !schema.isEmpty() && !hasSchema(database, schema)) {
                return List.of(new Finding(
                        CommonConfig.CLOCK_SCHEMA,
                        "there is no schema '" + schema + "' that the user may use, in which tables could be created; "
                                + "create it and grant it, or leave the setting out for the schema of the root table"));
            }
            if (config.clockInstall() == ClockInstall.VALIDATE) {
                ClockInstaller installer = new ClockInstaller(
                        database.dialect(), aggregate, config.masters().ids(), config.master());
                database.withHandle(handle -> {
                    installer.validate(handle);
                    return null;
                });
            }
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(new Finding(CommonConfig.CONNECTION_URL, String.valueOf(e.getMessage())));
        } catch (InvalidAggregateException e) {
            return List.of(new Finding(e.setting(), String.valueOf(e.getMessage())));
        } catch (DatabaseException e) {
            return List.of(new Finding(blamed(e), describe(config, e)));
        }
    }

    private static void requireRights(Database database, Aggregate aggregate, CommonConfig config) {
        RightsCheck rights = RightsCheck.ofConnector(
                database.dialect(),
                aggregate,
                !config.masters().contains(config.master()),
                config.appliesRecords(),
                config.ledgerRights());
        database.withHandle(handle -> {
            rights.require(handle, config.connection().user());
            return null;
        });
    }

    /** Standard SQL; it lists what the user may use, and MariaDB's databases. */
    private static boolean hasSchema(Database database, String schema) {
        return database.withHandle(handle -> handle.select(
                                "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = ?", schema)
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    private static String namedSetting(ConfigException error) {
        Matcher matcher = NAMED_SETTING.matcher(String.valueOf(error.getMessage()));
        return matcher.find() ? matcher.group(1) : CommonConfig.AGGREGATE;
    }

    private static String blamed(DatabaseException error) {
        return error.kind() == ErrorKind.ACCESS ? CommonConfig.CONNECTION_PASSWORD : CommonConfig.CONNECTION_URL;
    }

    private static String describe(CommonConfig config, DatabaseException error) {
        String hint = switch (error.kind()) {
            case ACCESS -> "the database refuses the user; check the user, the password and the grants";
            case UNAVAILABLE ->
                "the database cannot be reached; check the host, the port, that it runs, and the URL's TLS parameters";
            default -> "the database refuses a statement; check the grants";
        };
        return "cannot use " + config.connection() + ": " + hint + ": " + error.getMessage();
    }

    private static Config with(Config config, Finding finding) {
        List<ConfigValue> values = new ArrayList<>(config.configValues());
        // settings of a child or of a transform have no value here yet
        ConfigValue blamed = values.stream()
                .filter(value -> value.name().equals(finding.setting()))
                .findFirst()
                .orElseGet(() -> {
                    ConfigValue added = new ConfigValue(finding.setting());
                    values.add(added);
                    return added;
                });
        blamed.addErrorMessage(finding.message());
        return new Config(values);
    }

    /**
     * Makes sure that the aggregate can be aligned, creating what is missing if the settings say so. A database that is
     * down is no reason to fail: the tasks wait for it and check again.
     *
     * @throws ConnectException that says what is wrong and what to do
     */
    public static void start(CommonConfig config) {
        // no reason not to start: a connector that runs must come up again with another version of the plugin
        UnknownSettings.of(config.values().keySet(), config.originalsStrings())
                .forEach((name, problem) -> LOG.warn("setting {} {}", name, problem));
        try (Database database = Database.connect(config.connection(), config.master() + "-start")) {
            AlignedAggregate aligned = AlignedAggregate.open(
                    database, config.aggregate(), config.masters(), config.master(), config.createsClocks());
            requireRights(database, aligned.aggregate(), config);
            for (Located located : MappingChecks.of(database, aligned.aggregate(), config)) {
                if (located.finding().stops(true)) {
                    throw new ConnectException(located.setting() + ": " + located.message());
                }
                LOG.warn("{}: {}", located.setting(), located.finding().message());
            }
        } catch (IllegalArgumentException e) {
            throw new ConnectException(CommonConfig.CONNECTION_URL + ": " + e.getMessage(), e);
        } catch (InvalidAggregateException e) {
            throw new ConnectException(e.setting() + ": " + e.getMessage(), e);
        } catch (DatabaseException e) {
            if (e.kind() != ErrorKind.UNAVAILABLE) {
                throw new ConnectException(blamed(e) + ": " + describe(config, e), e);
            }
            LOG.warn("{}; the tasks will wait for it", describe(config, e));
        }
    }
}
