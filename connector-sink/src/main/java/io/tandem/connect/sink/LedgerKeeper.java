package io.tandem.connect.sink;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.clock.Alarm;
import io.tandem.clock.Decision;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.LedgerEntry;
import io.tandem.connect.database.LedgerEntry.Kind;
import io.tandem.connect.database.LedgerEntry.Winner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the ledger's entries out of what was decided.
 *
 * <p><b>Invariant (nothing is overruled without a trace).</b> Data that a conflict, an alarm or a row without a version
 * keeps from being shown is in the ledger, whole, by the transaction that does it. Without such a case no statement is
 * run.
 *
 * <p>Not thread-safe: used by one thread at a time.
 */
final class LedgerKeeper {

    private static final String NO_VERSION = "a row without a version was overwritten";

    private final AlignedAggregate aligned;
    private final AggregateJson json;
    private final String policyId;
    private final Clock clock;

    /** @param policyId the rule that decides conflicts */
    LedgerKeeper(AlignedAggregate aligned, String policyId, Clock clock) {
        this.aligned = aligned;
        this.json = new AggregateJson(aligned.aggregate());
        this.policyId = policyId;
        this.clock = clock;
    }

    /**
     * The entries for a batch. To be asked before its winners are written, since what they replace is read.
     *
     * @param judged all of the batch, without those that keep their data
     * @param unclocked those whose rows never had a version
     */
    List<LedgerEntry> entries(Connection connection, List<Judged> judged, Set<AggregateKey> unclocked)
            throws SQLException {
        List<Judged> worthTelling = judged.stream()
                .filter(one -> isEvent(one.decision()) || replacesUnclocked(one, unclocked))
                .toList();
        Map<AggregateKey, AggregateState> replaced = replaced(connection, worthTelling);
        List<LedgerEntry> entries = new ArrayList<>();
        for (Judged one : judged) {
            // what has been taken in before was told then
            if (!one.version().equals(one.stored().version())) {
                one.incoming().mergers().forEach(merger -> entries.add(entry(merger)));
            }
        }
        for (Judged one : worthTelling) {
            AggregateState before = replaced.get(one.incoming().key());
            if (isEvent(one.decision())) {
                entries.add(entry(one, before));
            } else if (before != null && changes(one.incoming(), before)) {
                entries.add(unclocked(one, before));
            }
        }
        return entries;
    }

    private static boolean isEvent(Decision decision) {
        return decision.outcome().isConflict() || decision.alarm() != null;
    }

    private static boolean replacesUnclocked(Judged one, Set<AggregateKey> unclocked) {
        return one.takesIncomingData() && unclocked.contains(one.incoming().key());
    }

    private Map<AggregateKey, AggregateState> replaced(Connection connection, List<Judged> judged) throws SQLException {
        List<AggregateKey> keys = judged.stream()
                .filter(Judged::takesIncomingData)
                .map(one -> one.incoming().key())
                .toList();
        return keys.isEmpty() ? Map.of() : aligned.tables().read(connection, keys);
    }

    private boolean changes(Incoming incoming, AggregateState before) {
        IncomingData data = incoming.data();
        return data == null || !AggregateJson.sameData(json.of(data), json.of(before));
    }

    private LedgerEntry entry(Merger merger) {
        Incoming arrived = merger.arrived();
        return entry(
                merger.decision(),
                arrived,
                merger.waiting().version(),
                data(merger.overruled().data()));
    }

    private LedgerEntry entry(Judged one, @Nullable AggregateState before) {
        JsonNode overruled =
                !one.takesIncomingData() ? data(one.incoming().data()) : before == null ? null : json.of(before);
        return entry(one.decision(), one.incoming(), one.stored().version(), overruled);
    }

    private @Nullable JsonNode data(@Nullable IncomingData data) {
        return data == null ? null : json.of(data);
    }

    private LedgerEntry entry(Decision decision, Incoming incoming, Version stored, @Nullable JsonNode overruled) {
        Alarm alarm = decision.alarm();
        return entry(
                decision.outcome().isConflict() ? Kind.CONFLICT : Kind.ALARM,
                incoming,
                stored,
                decision.outcome().takesIncomingData() ? Winner.INCOMING : Winner.STORED,
                alarm == null ? policyId : alarm.meaning(),
                overruled);
    }

    private LedgerEntry unclocked(Judged one, AggregateState before) {
        return entry(
                Kind.UNCLOCKED, one.incoming(), one.stored().version(), Winner.INCOMING, NO_VERSION, json.of(before));
    }

    /**
     * An entry for what cannot be applied.
     *
     * @param rule why not
     */
    LedgerEntry refused(Kind kind, Incoming incoming, Version stored, String rule) {
        return entry(kind, incoming, stored, Winner.STORED, rule, data(incoming.data()));
    }

    private LedgerEntry entry(
            Kind kind, Incoming incoming, Version stored, Winner winner, String rule, @Nullable JsonNode overruled) {
        return new LedgerEntry(
                kind,
                incoming.key(),
                ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()),
                stored,
                incoming.version(),
                winner,
                rule,
                overruled == null,
                overruled == null ? null : overruled.toString(),
                incoming.place().topic(),
                incoming.place().partition(),
                incoming.place().offset());
    }
}
