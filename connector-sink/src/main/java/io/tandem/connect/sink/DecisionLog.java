package io.tandem.connect.sink;

import io.tandem.clock.Alarm;
import io.tandem.clock.Decision;
import io.tandem.clock.Outcome;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.database.LedgerEntry;
import io.tandem.connect.database.LedgerEntry.Kind;
import java.util.List;
import java.util.Set;
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

    /** A decision was committed. */
    void decided(Judged one) {
        if (!one.version().equals(one.stored().version())) {
            one.incoming()
                    .mergers()
                    .forEach(merger -> decided(
                            merger.arrived().key(),
                            merger.waiting().version(),
                            merger.arrived().version(),
                            merger.decision()));
        }
        decided(one.incoming().key(), one.stored().version(), one.incoming().version(), one.decision());
    }

    private void decided(AggregateKey key, Version stored, Version incoming, Decision decision) {
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
                    decision.version(stored, incoming));
        }
    }

    /** A record proves that the database of this master has forgotten writes; it is about to be refused. */
    void forgotten(AggregateKey key, Version stored, Version incoming) {
        LOG.error(
                "ALARM {} {}: {} proves that the database has forgotten writes; stored {}, incoming {}",
                aggregate,
                key,
                Alarm.FORGOTTEN_OWN_WRITES.meaning(),
                stored,
                incoming);
    }

    /** The task only recovers. */
    void recovering() {
        LOG.warn(
                "RECOVERY {}: {}=true, only records that know forgotten writes are taken; when all are read, set it back "
                        + "and let the sink read its topics from the beginning, as docs/restore.md says",
                aggregate,
                AlignmentSinkConfig.RECOVERY);
    }

    /**
     * Forgotten writes were brought back.
     *
     * @param writtenLater those of the aggregates that keep their rows, since they were written after the restore
     */
    void recovered(List<AggregateKey> keys, Set<AggregateKey> writtenLater) {
        if (!keys.isEmpty()) {
            LOG.info("RECOVERY {}: {} aggregates brought back, the first is {}", aggregate, keys.size(), keys.get(0));
        }
        writtenLater.forEach(key -> LOG.warn(
                "RECOVERY {} {}: written later than the record that knows what was forgotten, so its rows stay as "
                        + "they are unless a later record comes; was the application running?",
                aggregate,
                key));
    }

    /** Rows that never had a version may have been overwritten, with different data. */
    void overwroteUnclocked(List<LedgerEntry> told) {
        List<LedgerEntry> unclocked =
                told.stream().filter(entry -> entry.kind() == Kind.UNCLOCKED).toList();
        if (!unclocked.isEmpty()) {
            LOG.warn(
                    "UNCLOCKED {}: {} rows that existed without a clock were overwritten, the first is {}; what they "
                            + "held is in the ledger; use clock.seed=true on the master whose rows shall travel",
                    aggregate,
                    unclocked.size(),
                    unclocked.get(0).key());
        }
    }
}
