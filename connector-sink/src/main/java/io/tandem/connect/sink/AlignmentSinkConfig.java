package io.tandem.connect.sink;

import io.tandem.clock.Masters;
import io.tandem.connect.aggregate.Clocking;
import io.tandem.connect.config.CommonConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the sink connector and of its tasks. Immutable. */
public final class AlignmentSinkConfig extends CommonConfig {

    public static final String BATCH_SIZE = "sink.batch.size";
    private static final String BATCH_SIZE_DOC =
            "How many aggregates one transaction applies at most. Smaller ones hold "
                    + "their locks for a shorter time, larger ones are faster. It takes fewer while transactions last long.";
    private static final int BATCH_SIZE_DEFAULT = 1000;

    public static final String SESSIONS = "sink.sessions";
    private static final String SESSIONS_DOC =
            "In how many sessions of the database one task applies at once, each with its own batches. With two the "
                    + "database has work while the other session waits for its commit to be durable; more than two rarely "
                    + "help. Records of one aggregate are applied one after the other in any case. A task has one "
                    + "more session for looking things up.";
    private static final int SESSIONS_DEFAULT = 2;

    public static final String FOREIGN_KEY_WAIT = "sink.foreign.key.wait.ms";
    private static final String FOREIGN_KEY_WAIT_DOC =
            "How long an aggregate waits that a constraint refuses for now: the "
                    + "row that it refers to has not arrived yet, or a child row still belongs to another aggregate. Others are "
                    + "applied meanwhile. Afterwards the record is a dead letter (errors.tolerance=all) or ends the task (none), and "
                    + "names the key; where another row holds a unique value, it goes to the ledger and the task goes on.";
    private static final long FOREIGN_KEY_WAIT_DEFAULT = 600_000;

    public static final String FOLLOWER = "sink.follower";
    private static final String FOLLOWER_DOC =
            "Whether this database only follows: it takes what the masters write, and nothing "
                    + "that is written to it travels. Then 'master' is an id of its own that 'masters' must not name, and no "
                    + "triggers and no journal are needed. What somebody else writes to it is overwritten without a word by "
                    + "the next record of that aggregate.";

    public static final String MAX_SKEW = "clock.max.skew.ms";
    private static final String MAX_SKEW_DOC =
            "How far the timestamp of a record may be ahead of the clock of this database. "
                    + "More than that means that a master's clock is wrong, which lets it win every conflict. The default is "
                    + "far above what clocks that are kept in step (NTP) differ by, and far below the hour of a wrong zone. "
                    + "0: not checked.";
    private static final long MAX_SKEW_DEFAULT = 60_000;

    public static final String SKEW_ACTION = "clock.skew.action";
    private static final String SKEW_ACTION_DOC =
            "What to do about a record that is farther ahead than clock.max.skew.ms: 'warn' "
                    + "(it is applied, and the log names its writer) or 'refuse' (the task fails before it is applied).";

    public static final String RECOVERY = "clock.recovery";
    private static final String RECOVERY_DOC =
            "Only while this master's database is brought up again after a restore from a backup, as docs/restore.md "
                    + "says: the sink takes only records that know more writes of this master than its database does, its own "
                    + "topic's among them, and leaves the change journal alone. Without it such a record fails the task.";

    private static final String ERRORS_TOLERANCE = "errors.tolerance";
    private static final String DEAD_LETTER_TOPIC = "errors.deadletterqueue.topic.name";
    private static final String ERRORS_LOG = "errors.log.enable";

    public AlignmentSinkConfig(Map<String, String> properties) {
        super(definition(), properties);
        requireReports();
        if (getBoolean(FOLLOWER) && !aggregate().clocking().equals(Clocking.DEFAULT)) {
            throw new ConfigException(
                    FOLLOWER,
                    true,
                    "needs the versions in the clock table, where only the sink writes them; leave clock.placement and "
                            + "clock.stamping at their defaults");
        }
    }

    private void requireReports() {
        Map<String, String> properties = originalsStrings();
        boolean reports = !properties.getOrDefault(DEAD_LETTER_TOPIC, "").isBlank()
                || Boolean.parseBoolean(properties.getOrDefault(ERRORS_LOG, "false"));
        if (toleratesErrors() && !reports) {
            throw new ConfigException(
                    ERRORS_TOLERANCE,
                    "all",
                    "would lose records without a trace; name a topic for them in " + DEAD_LETTER_TOPIC + " (or set "
                            + ERRORS_LOG + "=true), or leave " + ERRORS_TOLERANCE + " at none");
        }
    }

    /** All settings with their documentation. */
    public static ConfigDef definition() {
        ConfigDef definition = commonDefinition();
        String sink = "Sink";
        definition.define(
                BATCH_SIZE,
                Type.INT,
                BATCH_SIZE_DEFAULT,
                Range.between(1, 10_000),
                Importance.MEDIUM,
                BATCH_SIZE_DOC,
                sink,
                next(definition),
                Width.SHORT,
                BATCH_SIZE);
        definition.define(
                SESSIONS,
                Type.INT,
                SESSIONS_DEFAULT,
                Range.between(1, 8),
                Importance.LOW,
                SESSIONS_DOC,
                sink,
                next(definition),
                Width.SHORT,
                SESSIONS);
        definition.define(
                FOREIGN_KEY_WAIT,
                Type.LONG,
                FOREIGN_KEY_WAIT_DEFAULT,
                Range.atLeast(0),
                Importance.MEDIUM,
                FOREIGN_KEY_WAIT_DOC,
                sink,
                next(definition),
                Width.SHORT,
                FOREIGN_KEY_WAIT);
        define(definition, FOLLOWER, Type.BOOLEAN, false, Importance.MEDIUM, FOLLOWER_DOC, sink);
        definition.define(
                MAX_SKEW,
                Type.LONG,
                MAX_SKEW_DEFAULT,
                Range.atLeast(0),
                Importance.MEDIUM,
                MAX_SKEW_DOC,
                sink,
                next(definition),
                Width.SHORT,
                MAX_SKEW);
        definition.define(
                SKEW_ACTION,
                Type.STRING,
                "warn",
                ConfigDef.CaseInsensitiveValidString.in("warn", "refuse"),
                Importance.MEDIUM,
                SKEW_ACTION_DOC,
                sink,
                next(definition),
                Width.SHORT,
                SKEW_ACTION);
        define(definition, RECOVERY, Type.BOOLEAN, false, Importance.LOW, RECOVERY_DOC, sink);
        return definition;
    }

    /** A follower is none of the masters, or its own writes would have to travel. */
    @Override
    protected void requireMembership(Masters listed) {
        if (!getBoolean(FOLLOWER)) {
            if (!listed.contains(master())) {
                throw notListed("; or set " + FOLLOWER + "=true if this database shall only follow the others");
            }
        } else if (listed.contains(master())) {
            throw new ConfigException(
                    MASTER,
                    master(),
                    "is one of " + MASTERS + " (" + listed + "), but with " + FOLLOWER + "=true this database only "
                            + "follows; give it an id of its own and leave the list as it is on the masters, or set "
                            + FOLLOWER + "=false");
        }
    }

    /** Whether records that cannot be applied are reported, so that the task goes on without them. */
    boolean toleratesErrors() {
        return "all".equalsIgnoreCase(originalsStrings().getOrDefault(ERRORS_TOLERANCE, "none"));
    }

    int batchSize() {
        return getInt(BATCH_SIZE);
    }

    /** In how many sessions a task applies at once. */
    int sessions() {
        return getInt(SESSIONS);
    }

    /** Whether the database is being brought up after a restore. */
    boolean isRecovery() {
        return getBoolean(RECOVERY);
    }

    Duration foreignKeyWait() {
        return Duration.ofMillis(getLong(FOREIGN_KEY_WAIT));
    }

    /** How far a record may be ahead; zero if that is not checked. */
    Duration maxSkew() {
        return Duration.ofMillis(getLong(MAX_SKEW));
    }

    /** Whether a record that is too far ahead fails the task. */
    boolean refusesSkew() {
        return getString(SKEW_ACTION).toLowerCase(Locale.ROOT).equals("refuse");
    }
}
