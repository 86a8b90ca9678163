package io.tandem.connect.transform;

import org.apache.kafka.connect.errors.DataException;

/** A value or a schema that a rule can't map. Knows the place in the record, never the value. */
final class Unmappable extends DataException {

    private final String path;
    private final String origin;
    private final String reason;
    private final boolean missing;

    /**
     * @param path the canonical path; what is around it is added on the way up
     * @param origin the column or the columns, for people to read
     */
    Unmappable(String path, String origin, String reason) {
        this(path, origin, reason, false);
    }

    private Unmappable(String path, String origin, String reason, boolean missing) {
        super(path + (origin.isEmpty() ? "" : " (" + origin + ")") + ": " + reason);
        this.path = path;
        this.origin = origin;
        this.reason = reason;
        this.missing = missing;
    }

    /** The local record lacks a column. */
    static Unmappable noColumn(String path, String origin) {
        return new Unmappable(path, origin, "the local record has no such column", true);
    }

    /** The local record lacks a child table. */
    static Unmappable noTable(String path, String origin) {
        return new Unmappable(path, origin, "the local record has no such collection of child rows", true);
    }

    /** True if the local record lacks a column or a table. */
    boolean isMissing() {
        return missing;
    }

    /** The same trouble, in an element: its index is put behind the path. */
    Unmappable within(int index) {
        return new Unmappable(path + "[" + index + "]", origin, reason, missing);
    }

    /** The same trouble, seen from the record that holds the collection. */
    Unmappable within(String collection) {
        return new Unmappable(collection + "[]." + path, origin, reason, missing);
    }

    /** The same trouble, seen from the record that holds the collection, for one of its elements. */
    Unmappable within(String collection, int index) {
        return new Unmappable(collection + "[" + index + "]." + path, origin, reason, missing);
    }

    /** The same trouble, with the table of the column. */
    Unmappable ofTable(String table) {
        return new Unmappable(path, origin + " of " + table, reason, missing);
    }

    static String column(String name) {
        return "column " + name;
    }
}
