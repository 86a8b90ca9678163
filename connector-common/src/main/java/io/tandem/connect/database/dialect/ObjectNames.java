package io.tandem.connect.database.dialect;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Names of Tandem's database objects, within the limit of both vendors. */
public final class ObjectNames {

    private static final int MAX_LENGTH = 60;

    private ObjectNames() {}

    /**
     * The name of what an aggregate has for one of its tables. Aggregates have no {@code $} in their names, so that two
     * of them never get the same, whatever their tables are called.
     */
    public static String ofTable(String aggregate, String table, String suffix) {
        return shortened("tandem_" + aggregate + "$" + table + "_" + suffix);
    }

    /** {@code base_suffix}, shortened with a checksum of the whole where that is too long. */
    public static String derived(String base, String suffix) {
        return shortened(base + "_" + suffix);
    }

    private static String shortened(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length <= MAX_LENGTH) {
            return name;
        }
        CRC32 checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        // at most four bytes a character, so that the cut never splits one
        return name.substring(0, Math.min(name.length(), 12)) + "_" + Long.toHexString(checksum.getValue());
    }
}
