package io.tandem.distribution.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the ledgers of the masters. For one thread. */
final class Ledgers {

    private static final String CONFLICT = "CONFLICT";
    private static final String ALARM = "ALARM";

    private final Rig rig;
    private final ObjectMapper json = new ObjectMapper();
    private final List<Overruled> overruled = new ArrayList<>();
    private final List<String> alarms = new ArrayList<>();

    private Ledgers(Rig rig) {
        this.rig = rig;
    }

    /** Reads the ledgers of all aggregates on both masters. */
    static Ledgers read(Rig rig) {
        Ledgers ledgers = new Ledgers(rig);
        for (Side side : Side.values()) {
            for (Kind kind : Kind.values()) {
                ledgers.read(kind, side);
            }
        }
        return ledgers;
    }

    /** All conflicts. */
    List<Overruled> overruled() {
        return List.copyOf(overruled);
    }

    /** All alarms, with their keys. */
    List<String> alarms() {
        return List.copyOf(alarms);
    }

    private void read(Kind kind, Side side) {
        String ledger = "tandem_" + kind.aggregate() + "_ledger";
        try (Connection connection = rig.master(side).server().connect(side.id());
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT * FROM " + ledger + " ORDER BY id")) {
                while (row.next()) {
                    read(kind, side, row);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read " + ledger + " of " + side.id() + ": " + e.getMessage(), e);
        }
    }

    private void read(Kind kind, Side side, ResultSet row) throws SQLException {
        Register root = Register.root(kind, row.getLong("key_" + side.key()));
        String told = row.getString("kind") + " on " + side.id() + ": stored " + row.getString("stored_clock") + "@"
                + row.getString("stored_timestamp") + " by " + row.getString("stored_writer") + ", incoming "
                + row.getString("incoming_clock") + "@" + row.getString("incoming_timestamp") + " by "
                + row.getString("incoming_writer") + ", " + row.getString("winner") + " wins by "
                + row.getString("rule");
        switch (row.getString("kind")) {
            case CONFLICT -> {
                boolean deleted = row.getBoolean("overruled_deleted");
                overruled.add(new Overruled(
                        side,
                        root,
                        row.getLong("noted_at"),
                        deleted,
                        deleted ? Map.of() : markers(side, row.getString("overruled_data")),
                        told));
            }
            case ALARM -> alarms.add(root + ": " + told);
            default -> {
                // rows without a version or with a unique key of another row are none of this workload's
            }
        }
    }

    /** The markers by position: the root's, and those of the only collection of parts. */
    private Map<Integer, String> markers(Side side, @Nullable String data) {
        Map<Integer, String> markers = new HashMap<>();
        try {
            JsonNode root = json.readTree(data == null ? "{}" : data);
            markers.put(Register.ROOT, root.path(side.marker()).asText());
            root.forEach(child -> {
                if (child.isArray()) {
                    child.forEach(part -> markers.put(
                            part.path(side.position()).asInt(),
                            part.path(side.marker()).asText()));
                }
            });
            return markers;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a ledger of " + side.id() + " holds data that is no JSON", e);
        }
    }
}
