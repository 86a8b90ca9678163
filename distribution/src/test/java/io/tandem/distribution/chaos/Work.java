package io.tandem.distribution.chaos;

import io.tandem.distribution.chaos.Write.Action;
import io.tandem.distribution.chaos.Write.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of an application: writes rows, each under a new marker, and remembers which marker it overwrote. For one
 * thread.
 */
final class Work {

    private final Connection connection;
    private final Side side;
    private final int session;
    private final String name;
    private final Statements statements;
    private final long startedMicros = now();
    private final List<Write> writes = new ArrayList<>();

    /**
     * @param connection not in auto-commit
     * @param name unlike that of any other transaction
     */
    Work(Connection connection, Side side, int session, String name, Statements statements) {
        this.connection = connection;
        this.side = side;
        this.session = session;
        this.name = name;
        this.statements = statements;
    }

    /** Microseconds since the epoch. */
    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Keeps the application's other sessions away from an aggregate until the commit. */
    void guard(Register root, boolean alone) throws SQLException {
        text(tables(root).guard(root, alone));
    }

    /** The marker that a row shows, with the row locked; null if there is none. */
    @Nullable
    String lock(Register register) throws SQLException {
        return text(tables(register).marker(register) + " FOR UPDATE");
    }

    /** Writes a row by one statement that notes what it overwrites; tells whether there was one. */
    boolean overwrite(Register register, boolean flag) throws SQLException {
        String marker = nextMarker();
        if (update(tables(register).overwrite(register), marker, value(register, flag)) == 0) {
            return false;
        }
        done(register, marker, Action.UPDATE, text(tables(register).previous(register)));
        return true;
    }

    /** Writes a row that is locked and shows this marker. */
    void update(Register register, String shown, boolean flag) throws SQLException {
        String marker = nextMarker();
        if (update(tables(register).update(register), marker, shown, value(register, flag)) != 1) {
            throw new IllegalStateException(side + ": " + register + " is locked, and gone");
        }
        done(register, marker, Action.UPDATE, shown);
    }

    /** Inserts a row unless somebody else has; tells whether it did. */
    boolean insert(Register register, boolean flag) throws SQLException {
        String marker = nextMarker();
        if (update(tables(register).insert(register), marker, value(register, flag)) == 0) {
            return false;
        }
        done(register, marker, Action.INSERT, null);
        return true;
    }

    /** Deletes a part that is locked and shows this marker. */
    void deletePart(Register part, String shown) throws SQLException {
        update(tables(part).delete(part));
        done(part, nextMarker(), Action.DELETE, shown);
    }

    /** Deletes a root that is locked and shows this marker, with all its parts. */
    void deleteRoot(Register root, String shown) throws SQLException {
        SortedMap<Integer, String> parts = new TreeMap<>();
        // the parts can be written without the root's lock, so they need locks too
        try (PreparedStatement statement =
                connection.prepareStatement(tables(root).parts(root) + " FOR UPDATE")) {
            statements.timed(side, () -> {
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        parts.put(rows.getInt(1), rows.getString(2));
                    }
                }
                return parts.size();
            });
        }
        update(tables(root).delete(root));
        done(root, nextMarker(), Action.DELETE, shown);
        for (var part : parts.entrySet()) {
            done(root.part(part.getKey()), nextMarker(), Action.DELETE, part.getValue());
        }
    }

    /** Commits, and notes what became of all writes, whatever happens. */
    void commit(WriteLog log) throws SQLException {
        Outcome outcome = Outcome.IN_DOUBT;
        try {
            statements.timed(side, () -> {
                connection.commit();
                return 0;
            });
            outcome = Outcome.ACKNOWLEDGED;
        } finally {
            end(log, outcome);
        }
    }

    /** Notes that the transaction ended without a commit. */
    void failed(WriteLog log) {
        end(log, Outcome.FAILED);
    }

    private void end(WriteLog log, Outcome outcome) {
        long ended = now();
        log.add(writes.stream()
                .map(write -> new Write(
                        write.register(),
                        side,
                        session,
                        write.id(),
                        write.action(),
                        write.previous(),
                        startedMicros,
                        ended,
                        outcome))
                .toList());
        writes.clear();
    }

    private String nextMarker() {
        return name + "." + (writes.size() + 1);
    }

    private void done(Register register, String marker, Action action, @Nullable String previous) {
        writes.add(new Write(
                register, side, session, marker, action, previous, startedMicros, startedMicros, Outcome.FAILED));
    }

    private Tables tables(Register register) {
        return new Tables(register.kind(), side);
    }

    private Object value(Register register, boolean flag) {
        return register.isRoot() ? side.stateCode(flag) : Integer.valueOf(flag ? 1 : writes.size() + 2);
    }

    private int update(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            return statements.timed(side, statement::executeUpdate);
        }
    }

    private @Nullable String text(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return statements
                    .timed(side, () -> {
                        try (ResultSet rows = statement.executeQuery()) {
                            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.<String>empty();
                        }
                    })
                    .orElse(null);
        }
    }
}
