package io.tandem.connect.sink;

import io.tandem.clock.Alarm;
import io.tandem.clock.Decision;
import io.tandem.clock.Outcome;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people about conflicts and alarms, with the key and both versions, never with data. */
final class DecisionLog {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);

    private final String aggregate;
    private final String policyId;

    DecisionLog(String aggregate, String policyId) {
        this.aggregate = aggregate;
        this.policyId = policyId;
    }

    /** Two records that arrived were merged before either was applied. */
    void merged(Incoming waiting, Incoming arrived, Decision decision) {
        decided(arrived.key(), waiting.version(), arrived.version(), decision);
    }

    /** A decision was committed. */
    void decided(AggregateKey key, Version stored, Version incoming, Decision decision) {
        Alarm alarm = decision.alarm();
        if (alarm != null) {
            LOG.error(
                    "ALARM {} {}: {} proves that counters were used twice or a clock row was edited; stored {}, incoming {}",
                    aggregate,
                    key,
                    alarm.meaning(),
                    stored,
                    incoming);
        }
        if (decision.outcome().isConflict()) {
            LOG.info(
                    "CONFLICT {} {}: stored {}, incoming {}; {} wins by {}, now {}",
                    aggregate,
                    key,
                    stored,
                    incoming,
                    decision.outcome() == Outcome.CONFLICT_INCOMING_WINS ? "incoming" : "stored",
                    policyId,
                    decision.version());
        }
    }

    /** Rows that never had a clock were overwritten. */
    void overwroteUnclocked(List<AggregateKey> keys) {
        if (!keys.isEmpty()) {
            LOG.warn(
                    "UNCLOCKED {}: {} rows that existed without a clock were overwritten, the first is {}; "
                            + "use clock.seed=true on the master whose rows shall travel",
                    aggregate,
                    keys.size(),
                    keys.get(0));
        }
    }
}
