package io.tandem.connect.sink;

import io.tandem.clock.Reconciler;
import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.BatchPace;
import io.tandem.connect.database.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * All that depends on how the tables are, as they were when they were looked up.
 *
 * @param aggregate the tables
 * @param reader reads records for these tables
 * @param applier writes to these tables what the reader has read
 */
record Access(Aggregate aggregate, RecordReader reader, Applier applier) {

    /**
     * Looks the tables up.
     *
     * @param executor see {@link Lanes}
     * @throws io.tandem.connect.database.InvalidAggregateException if the tables do not allow it
     * @throws io.tandem.connect.database.DatabaseException if the database cannot be reached or refuses
     */
    static Access open(
            Database database,
            AlignmentSinkConfig config,
            Reconciler reconciler,
            DecisionLog log,
            Inbox inbox,
            DeadLetters deadLetters,
            Executor executor) {
        AlignedAggregate aligned = AlignedAggregate.open(
                database, config.aggregate(), config.masters(), config.master(), config.createsClocks());
        Reconciler ofMaster = new Reconciler(config.policy(), config.master());
        List<ApplyingTransaction> lanes = new ArrayList<>();
        for (int lane = 0; lane < config.sessions(); lane++) {
            Preparation preparation = config.isRecovery()
                    ? new Recovering(ofMaster, log)
                    : new Folding(aligned.fold(), ofMaster, config.master(), log, Clock.systemUTC());
            LedgerKeeper ledger = new LedgerKeeper(aligned, config.policy().id(), Clock.systemUTC());
            lanes.add(
                    new ApplyingTransaction(database, aligned, reconciler, config.master(), log, preparation, ledger));
        }
        return new Access(
                aligned.aggregate(),
                new RecordReader(
                        aligned.aggregate(), config.masters(), config.master(), config.policy(), config.isRecovery()),
                new Applier(
                        new Lanes<>(lanes, executor),
                        inbox,
                        deadLetters,
                        new BatchPace(config.batchSize(), System::nanoTime),
                        config.foreignKeyWait()));
    }
}
