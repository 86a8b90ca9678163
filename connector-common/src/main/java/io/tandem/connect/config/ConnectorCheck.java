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
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
     * Adds what is wrong to a validation by definition; looks at the database only if the settings are right by
     * themselves.
     *
     * @param byDefinition the result of Connect's own validation
     */
    public static Config validate(
            Config byDefinition, Map<String, String> properties, Function<Map<String, String>, CommonConfig> read) {
        boolean wrong = byDefinition.configValues().stream()
                .anyMatch(value -> !value.errorMessages().isEmpty());
        Config result = byDefinition;
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
