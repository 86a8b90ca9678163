package io.tandem.connect.config;

import io.tandem.clock.ConflictPolicy;
import io.tandem.clock.Masters;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.check.MappingCheck;
import io.tandem.connect.database.ConnectionSettings;
import io.tandem.connect.database.dialect.Right;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The settings that source and sink connector share. Immutable. */
public class CommonConfig extends AbstractConfig {

    public static final String CONNECTION_URL = "connection.url";
    private static final String CONNECTION_URL_DOC = "JDBC URL of this master's database, for example "
            + "jdbc:postgresql://host:5432/crm or jdbc:mariadb://host:3306/crm.";

    public static final String CONNECTION_USER = "connection.user";
    private static final String CONNECTION_USER_DOC =
            "Database user. docs/security.md lists the grants that it needs; it should not be a superuser.";

    public static final String CONNECTION_PASSWORD = "connection.password";
    private static final String CONNECTION_PASSWORD_DOC =
            "Password of the database user; best through a config provider, as in the examples.";

    public static final String MASTER = "master";
    private static final String MASTER_DOC =
            "Short id of the master whose database this is: lower-case letters, digits and underscores.";

    public static final String MASTERS = "masters";
    private static final String MASTERS_DOC =
            "Ids of all masters that keep this aggregate aligned, highest rank first. "
                    + "The list, order included, must be the same in every connector of the aggregate. With the policy "
                    + "'timestamp' it may grow at its end while the connectors run: sinks first, then sources.";

    public static final String CONFLICT_POLICY = "conflict.policy";
    private static final String CONFLICT_POLICY_DOC =
            "Who wins when two masters changed an aggregate without knowing of "
                    + "each other: 'timestamp' (the later write, on a tie the writer's rank), 'priority' (the master listed "
                    + "first; for two masters only), or the name of a class that implements io.tandem.clock.ConflictPolicy "
                    + "and has a constructor with one argument of type io.tandem.clock.Masters.";

    public static final String AGGREGATE = "aggregate";
    private static final String AGGREGATE_DOC =
            "Name of the aggregate: lower-case letters, digits and underscores. The "
                    + "tables and triggers of Tandem are named after it.";

    public static final String CLOCK_INSTALL = "clock.install";
    private static final String CLOCK_INSTALL_DOC =
            "'validate': the connector refuses to start when the clock table, the "
                    + "change journal or a trigger is missing, and prints the DDL. 'create': it creates what is missing. Neither "
                    + "changes a table of the application, unless clock.placement says so.";

    public static final String CLOCK_SCHEMA = "clock.schema";
    private static final String CLOCK_SCHEMA_DOC =
            "Schema (MariaDB: database) that holds the clock table and the change "
                    + "journal. Default: that of the root table.";

    private static final String ID_PATTERN = "[a-z][a-z0-9_]{0,29}";

    /** The clock table has a column clock_<id> for each master, and these of its own. */
    private static final Set<String> RESERVED_IDS = Set.of("timestamp", "writer", "deleted", "published", "pending");

    private final Masters masters;
    private final ConflictPolicy policy;
    private final AggregateDefinition aggregate;

    /** @throws ConfigException if a setting is missing or wrong by itself; tables are not looked at */
    protected CommonConfig(ConfigDef definition, Map<String, String> properties) {
        super(definition, given(properties), false);
        masters = readMasters();
        policy = ConflictPolicies.create(getString(CONFLICT_POLICY), masters);
        aggregate = AggregateSettings.read(this);
    }

    /**
     * The settings that have a value. Those that are null, which JSON allows and a worker passes on, count as left out.
     *
     * @return an immutable map
     */
    public static Map<String, String> given(Map<String, String> properties) {
        return properties.entrySet().stream()
                .filter(setting -> setting.getValue() != null)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The shared settings, to which a connector adds its own. */
    protected static ConfigDef commonDefinition() {
        ConfigDef definition = new ConfigDef();
        String database = "Database";
        define(
                definition,
                CONNECTION_URL,
                Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                Importance.HIGH,
                CONNECTION_URL_DOC,
                database);
        define(definition, CONNECTION_USER, Type.STRING, "", Importance.HIGH, CONNECTION_USER_DOC, database);
        define(definition, CONNECTION_PASSWORD, Type.PASSWORD, "", Importance.HIGH, CONNECTION_PASSWORD_DOC, database);
        String alignment = "Alignment";
        defineValidated(
                definition,
                MASTER,
                Type.STRING,
                MASTER_DOC,
                alignment,
                ConfigDef.NO_DEFAULT_VALUE,
                Validators.matching(ID_PATTERN, "a short id of lower-case letters, digits and underscores"));
        defineValidated(
                definition,
                MASTERS,
                Type.LIST,
                MASTERS_DOC,
                alignment,
                ConfigDef.NO_DEFAULT_VALUE,
                Validators.matching(ID_PATTERN, "a list of short ids of lower-case letters, digits and underscores"));
        define(
                definition,
                CONFLICT_POLICY,
                Type.STRING,
                "timestamp",
                Importance.MEDIUM,
                CONFLICT_POLICY_DOC,
                alignment);
        String tables = "Aggregate";
        defineValidated(
                definition,
                AGGREGATE,
                Type.STRING,
                AGGREGATE_DOC,
                tables,
                ConfigDef.NO_DEFAULT_VALUE,
                Validators.matching(ID_PATTERN, "a short name of lower-case letters, digits and underscores"));
        AggregateSettings.define(definition, tables);
        String clocks = "Clocks";
        definition.define(
                CLOCK_INSTALL,
                Type.STRING,
                "validate",
                ConfigDef.CaseInsensitiveValidString.in("validate", "create"),
                Importance.HIGH,
                CLOCK_INSTALL_DOC,
                clocks,
                1,
                Width.SHORT,
                CLOCK_INSTALL);
        ClockingSettings.define(definition, clocks);
        define(definition, CLOCK_SCHEMA, Type.STRING, "", Importance.LOW, CLOCK_SCHEMA_DOC, clocks);
        MappingSettings.define(definition);
        return definition;
    }

    /** Defines a setting at the end of its group. */
    protected static void define(
            ConfigDef definition,
            String name,
            Type type,
            Object defaultValue,
            Importance importance,
            String doc,
            String group) {
        definition.define(name, type, defaultValue, importance, doc, group, next(definition), Width.MEDIUM, name);
    }

    private static void defineValidated(
            ConfigDef definition,
            String name,
            Type type,
            String doc,
            String group,
            Object defaultValue,
            ConfigDef.Validator validator) {
        definition.define(
                name, type, defaultValue, validator, Importance.HIGH, doc, group, next(definition), Width.MEDIUM, name);
    }

    /** The order number for the next setting, so that the reference keeps the order of definition. */
    protected static int next(ConfigDef definition) {
        return definition.names().size() + 1;
    }

    private Masters readMasters() {
        Masters read;
        try {
            read = new Masters(getList(MASTERS));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(MASTERS, getList(MASTERS), e.getMessage());
        }
        for (String id : read.ids()) {
            if (RESERVED_IDS.contains(id)) {
                throw new ConfigException(
                        MASTERS,
                        getList(MASTERS),
                        "the id '" + id + "' is the name of another column of the clock table; choose another one");
            }
        }
        requireMembership(read);
        return read;
    }

    /**
     * Checks whether this master may be in the list or not. Called by the constructor, so it may read settings only.
     *
     * @throws ConfigException if the list and this master do not fit each other
     */
    protected void requireMembership(Masters listed) {
        if (!listed.contains(master())) {
            throw notListed("");
        }
    }

    /** The error of a list that lacks this master; {@code more} goes to its end. */
    protected final ConfigException notListed(String more) {
        return new ConfigException(
                MASTERS,
                getList(MASTERS),
                "does not name this master; add '" + master() + "', the value of '" + MASTER
                        + "', at the same place in every connector of the aggregate" + more);
    }

    /** The id of the master at hand. */
    public final String master() {
        return getString(MASTER);
    }

    /** All masters, by rank. */
    public final Masters masters() {
        return masters;
    }

    /** The conflict policy, the same for all masters. */
    public final ConflictPolicy policy() {
        return policy;
    }

    /** The aggregate as configured; nothing of it was looked up in the database yet. */
    public final AggregateDefinition aggregate() {
        return aggregate;
    }

    /** What to do about missing tables and triggers. */
    public final ClockInstall clockInstall() {
        return ClockInstall.valueOf(getString(CLOCK_INSTALL).toUpperCase(Locale.ROOT));
    }

    /** Whether missing tables and triggers are created. */
    public final boolean createsClocks() {
        return clockInstall() == ClockInstall.CREATE;
    }

    /** How to reach the database. */
    public final ConnectionSettings connection() {
        return new ConnectionSettings(
                getString(CONNECTION_URL),
                getString(CONNECTION_USER),
                getPassword(CONNECTION_PASSWORD).value());
    }

    /** Whether records are written into the application's tables, as sinks do; a connector that only reads says so. */
    protected boolean appliesRecords() {
        return true;
    }

    /** What the connector does with the ledger: a sink adds to it. */
    protected Set<Right> ledgerRights() {
        return Set.of(Right.INSERT);
    }

    /** The columns that no rule needs to mention. */
    List<String> unmappedColumns() {
        return getList(MappingCheck.UNMAPPED_COLUMNS);
    }

    /** How many rows the check takes through the mapping and back. */
    int sampleRows() {
        return getInt(MappingSettings.SAMPLE_ROWS);
    }
}
