package io.tandem.connect.transform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A record with the records nested in it, seen as a flat row of leaves: scalars and collections, each with its dotted
 * path and its cell, which is the leaf's place in a row of values. Immutable.
 */
final class Level {

    private final Schema schema;
    private final List<Node> nodes;
    private final Map<String, Leaf> leaves = new LinkedHashMap<>();

    private final Absence absence;

    private Level(Schema schema, Absence absence) {
        this.schema = schema;
        this.absence = absence;
        this.nodes = nodes(schema, "", List.of(), false);
    }

    /** The level of a struct schema. */
    static Level of(Schema struct) {
        return new Level(struct, Absence.NONE);
    }

    /** The level of a struct schema as far as records have it: what is absent is no leaf. For reading only. */
    static Level of(Schema struct, Absence absence) {
        return new Level(struct, absence);
    }

    /** The level of the elements of one of this level's collections. */
    Level elements(Leaf collection) {
        return new Level(collection.schema().valueSchema(), absence.within(collection.path()));
    }

    /** The leaf at this path, null if there is none. */
    @Nullable
    Leaf leaf(String path) {
        return leaves.get(path);
    }

    /** All leaves by their path, in the order of their cells. */
    Map<String, Leaf> leaves() {
        return leaves;
    }

    /**
     * Makes the struct from one value per leaf. A nested record that may be null is null if all its leaves are.
     *
     * @param origins where the value of each cell comes from, for messages
     * @param fallbacks what takes the place of null in a required leaf
     * @throws Unmappable if a value is null that must not be
     */
    Struct assemble(@Nullable Object[] cells, String[] origins, @Nullable Object[] fallbacks) {
        return assemble(schema, nodes, cells, origins, fallbacks);
    }

    private static Struct assemble(
            Schema schema, List<Node> nodes, @Nullable Object[] cells, String[] origins, @Nullable Object[] fallbacks) {
        Struct struct = new Struct(schema);
        for (Node node : nodes) {
            if (node.leaf() != null) {
                struct.put(node.field(), node.leaf().checked(cells, origins, fallbacks));
            } else if (!node.field().schema().isOptional() || !allNull(node, cells)) {
                struct.put(node.field(), assemble(node.field().schema(), node.children(), cells, origins, fallbacks));
            }
        }
        return struct;
    }

    private static boolean allNull(Node node, @Nullable Object[] cells) {
        if (node.leaf() != null) {
            return cells[node.leaf().cell()] == null;
        }
        for (Node child : node.children()) {
            if (!allNull(child, cells)) {
                return false;
            }
        }
        return true;
    }

    private List<Node> nodes(Schema struct, String prefix, List<Field> parents, boolean optional) {
        List<Node> result = new ArrayList<>();
        for (Field field : struct.fields()) {
            List<Field> way = new ArrayList<>(parents);
            way.add(field);
            String path = prefix + field.name();
            boolean mayBeNull = optional || field.schema().isOptional();
            if (field.schema().type() == Schema.Type.STRUCT) {
                result.add(new Node(field, null, nodes(field.schema(), path + ".", way, mayBeNull)));
            } else if (!absence.covers(path)) {
                Leaf leaf = new Leaf(path, leaves.size(), mayBeNull, way.toArray(new Field[0]));
                leaves.put(path, leaf);
                result.add(new Node(field, leaf, List.of()));
            }
        }
        return List.copyOf(result);
    }

    /** A field of a struct: a leaf, or a nested record with its fields. */
    private record Node(Field field, @Nullable Leaf leaf, List<Node> children) {}

    /** A scalar or a collection. Immutable. */
    static final class Leaf {

        private final String path;
        private final int cell;
        private final boolean optional;
        private final Field[] way;
        private final Field last;
        private final boolean hasDefault;

        private Leaf(String path, int cell, boolean optional, Field[] way) {
            this.path = path;
            this.cell = cell;
            this.optional = optional;
            this.way = way;
            this.last = way[way.length - 1];
            this.hasDefault = last.schema().defaultValue() != null;
        }

        String path() {
            return path;
        }

        int cell() {
            return cell;
        }

        Schema schema() {
            return last.schema();
        }

        /** True if the leaf, or a record that it is in, may be null. */
        boolean optional() {
            return optional;
        }

        /** True if the leaf is in a nested record that may be null. */
        boolean inOptionalRecord() {
            for (int i = 0; i < way.length - 1; i++) {
                if (way[i].schema().isOptional()) {
                    return true;
                }
            }
            return false;
        }

        /** The leaf's value in a struct of the level; a default never takes the place of null. */
        @Nullable
        Object read(@Nullable Struct from) {
            Struct struct = from;
            for (int i = 0; i < way.length - 1 && struct != null; i++) {
                struct = (Struct) struct.get(way[i]);
            }
            if (struct == null) {
                return null;
            }
            return hasDefault ? struct.getWithoutDefault(last.name()) : struct.get(last);
        }

        private @Nullable Object checked(@Nullable Object[] cells, String[] origins, @Nullable Object[] fallbacks) {
            Object value = cells[cell];
            if (value == null && !last.schema().isOptional()) {
                if (fallbacks[cell] != null) {
                    return fallbacks[cell];
                }
                throw new Unmappable(path, origins[cell], "is null, but the canonical field is required");
            }
            return value;
        }
    }
}
