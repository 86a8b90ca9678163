package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.database.AggregateLocks;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Clocks;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.TaskShare;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What commits between two statements of the lock-reads. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class LockReadsTest {

    private static final AggregateKey KEY = new AggregateKey(List.of(1L));

    private final TestDatabase database;

    LockReadsTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
    }

    @Test
    void a_row_that_appears_with_its_version_after_the_look_at_the_versions_is_busy() {
        Map<String, String> settings = database.settings("modern");
        settings.put("clock.placement", "root");
        database.prepare(Sink.KIND, settings);
        AlignmentSinkConfig config = new AlignmentSinkConfig(settings);
        try (Database pool = Database.connect(config.connection(), "test")) {
            AlignedAggregate aligned = AlignedAggregate.open(
                    pool, config.aggregate(), config.masters(), config.master(), config.createsClocks());
            Clocks interrupted = new Interrupted(
                    aligned.clocks(),
                    new AtomicReference<>(
                            () -> database.execute("INSERT INTO customer (id, name) VALUES (1, 'here')")));
            LockReads locks = new LockReads(
                    new AlignedAggregate(
                            aligned.aggregate(),
                            interrupted,
                            aligned.journal(),
                            aligned.rowJournals(),
                            aligned.ledger(),
                            aligned.tables(),
                            aligned.fold()),
                    new AggregateLocks(pool.dialect(), aligned.aggregate()));

            Locked locked = pool.inTransaction(
                    handle -> {
                        pool.dialect().session().beginApplying(handle, "customer", Duration.ZERO);
                        return locks.lock(handle.getConnection(), List.of(KEY));
                    },
                    pool.dialect().session()::end);

            assertThat(locked.keys()).isEmpty();
            assertThat(locked.busy()).containsKey(KEY);
        }
    }

    /** The real versions, with something that happens right after they were read for the first time. */
    private record Interrupted(Clocks clocks, AtomicReference<@Nullable Runnable> afterRead) implements Clocks {

        @Override
        public Map<AggregateKey, ClockRow> lock(Connection connection, List<AggregateKey> keys) throws SQLException {
            return clocks.lock(connection, keys);
        }

        @Override
        public Map<AggregateKey, ClockRow> read(Connection connection, List<AggregateKey> keys) throws SQLException {
            Map<AggregateKey, ClockRow> read = clocks.read(connection, keys);
            Runnable first = afterRead.getAndSet(null);
            if (first != null) {
                first.run();
            }
            return read;
        }

        @Override
        public void insert(Connection connection, Collection<ClockRow> rows) throws SQLException {
            clocks.insert(connection, rows);
        }

        @Override
        public void update(Connection connection, Collection<ClockRow> rows) throws SQLException {
            clocks.update(connection, rows);
        }

        @Override
        public List<Column> besideData() {
            return clocks.besideData();
        }

        @Override
        public List<@Nullable Object> valuesBesideData(ClockRow row) {
            return clocks.valuesBesideData(row);
        }

        @Override
        public void writtenBesideData(Connection connection, Collection<AggregateKey> keys) throws SQLException {
            clocks.writtenBesideData(connection, keys);
        }

        @Override
        public Set<AggregateKey> acknowledge(Connection connection, Map<AggregateKey, Long> counters)
                throws SQLException {
            return clocks.acknowledge(connection, counters);
        }

        @Override
        public List<AggregateKey> pending(Connection connection, int limit, TaskShare share) throws SQLException {
            return clocks.pending(connection, limit, share);
        }

        @Override
        public Set<AggregateKey> stampedOver(Connection connection, Collection<ClockRow> written) throws SQLException {
            return clocks.stampedOver(connection, written);
        }

        @Override
        public boolean areStampedByOthers() {
            return clocks.areStampedByOthers();
        }

        @Override
        public <T> T inTransaction(Database any, HandleCallback<T, SQLException> work) {
            return clocks.inTransaction(any, work);
        }
    }
}
