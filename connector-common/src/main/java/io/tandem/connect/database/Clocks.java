package io.tandem.connect.database;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/** The versions of one aggregate's instances on this master, wherever they are. Thread-safe. */
public interface Clocks {

    /**
     * Reads the versions of these keys. What has no place for one is missing in the result; an unclocked one may be there
     * or missing.
     */
    Map<AggregateKey, ClockRow> read(Connection connection, List<AggregateKey> keys) throws SQLException;

    /** Reads and locks the versions of these keys; those that somebody else holds are missing, too. */
    Map<AggregateKey, ClockRow> lock(Connection connection, List<AggregateKey> keys) throws SQLException;

    /**
     * Writes versions of aggregates that {@link #lock} had none of, after their data. One that has appeared meanwhile is an error of kind
     * {@link ErrorKind#DUPLICATE_KEY}.
     */
    void insert(Connection connection, Collection<ClockRow> rows) throws SQLException;

    /** Writes versions of aggregates that had one, which the caller has locked, after their data. */
    void update(Connection connection, Collection<ClockRow> rows) throws SQLException;

    /**
     * The columns of the root table that hold a version, so that it can be written by the same statement as the root row;
     * empty if versions are elsewhere.
     */
    List<Column> besideData();

    /** The values of {@link #besideData}, in its order. */
    List<@Nullable Object> valuesBesideData(ClockRow row);

    /** Does what is left to do where versions were written beside the data. */
    void writtenBesideData(Connection connection, Collection<AggregateKey> keys) throws SQLException;

    /**
     * Notes which own counter of each aggregate Kafka has acknowledged; never lowers it, and waits for nobody.
     *
     * @return the keys that this is noted of now; the others are held by somebody else and have to be tried again
     */
    Set<AggregateKey> acknowledge(Connection connection, Map<AggregateKey, Long> counters) throws SQLException;

    /** Some keys whose own counter is not acknowledged yet. */
    List<AggregateKey> pending(Connection connection, int limit, TaskShare share) throws SQLException;

    /**
     * The keys among these whose stored version is not what this transaction has just written: proof that the triggers
     * did not see the flag of an applying transaction.
     */
    Set<AggregateKey> stampedOver(Connection connection, Collection<ClockRow> written) throws SQLException;

    /**
     * True if somebody else than Tandem stamps, so that a version can appear with its data between two reads of a
     * transaction, and its place can be locked for as long as the application likes.
     */
    boolean areStampedByOthers();

    /** Runs a transaction that writes versions and no data, in a way that no trigger takes for a local write. */
    <T> T inTransaction(Database database, HandleCallback<T, SQLException> work);
}
