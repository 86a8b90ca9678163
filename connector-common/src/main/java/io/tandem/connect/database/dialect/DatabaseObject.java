package io.tandem.connect.database.dialect;

import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * A table, column, index, function or trigger of Tandem.
 *
 * @param description what it is, for people
 * @param ddl the statement that creates it
 * @param current whether it exists and is as {@code ddl} would create it
 * @param creation how it is created
 */
public record DatabaseObject(String description, String ddl, Predicate<Handle> current, Creation creation) {

    /** How an object is created. */
    public enum Creation {
        /** In a transaction. */
        IN_TRANSACTION,
        /** In a transaction, and only for objects that an earlier version or a shorter list of masters has created. */
        AS_UPGRADE,
        /** Statement by statement and outside a transaction, so that the application goes on writing. */
        ONLINE
    }

    /** An object that is created in a transaction. */
    public DatabaseObject(String description, String ddl, Predicate<Handle> current) {
        this(description, ddl, current, Creation.IN_TRANSACTION);
    }
}
