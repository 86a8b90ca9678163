package io.tandem.distribution.chaos;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a master shows in the end, in words that both masters share.
 *
 * @param rows the fields of every row, by name
 * @param versions the version of every aggregate that has one, deleted ones too, under its root's register
 */
record Shown(SortedMap<Register, Map<String, String>> rows, SortedMap<Register, Map<String, String>> versions) {

    /** The field of a row that says which write it is of. */
    static final String MARKER = "marker";

    Shown {
        rows = new TreeMap<>(rows);
        versions = new TreeMap<>(versions);
    }

    /** The write that the row of a register is of; null if there is no row. */
    @Nullable
    String marker(Register register) {
        Map<String, String> row = rows.get(register);
        return row == null ? null : row.get(MARKER);
    }

    /** The version of an aggregate as text. */
    String version(Register root) {
        return String.valueOf(versions.get(root));
    }
}
