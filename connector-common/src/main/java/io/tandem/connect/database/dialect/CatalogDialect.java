package io.tandem.connect.database.dialect;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ForeignKey;
import io.tandem.connect.aggregate.TableId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Reads the catalog: exact spelling, native types, keys. */
public interface CatalogDialect {

    /** The schema that an unqualified table name means on this connection, empty if the user may use none. */
    String defaultSchema(Handle handle);

    /** The columns in the table's order; empty if there is no such table (or no right to see it). */
    List<Column> columns(Handle handle, TableId table);

    /** The columns of the primary key in its order, empty if there is none. */
    List<String> primaryKey(Handle handle, TableId table);

    /** The sets of columns on which the table has a unique index, without partial ones. */
    Set<Set<String>> uniqueIndexes(Handle handle, TableId table);

    /**
     * Why a column cannot be part of a key: the database takes different texts for the same key, which we would not.
     *
     * @return the reason and the remedy, empty if there is nothing wrong
     */
    Optional<String> objectionToKey(Column column);

    /** The foreign keys that the table declares. */
    List<ForeignKey> foreignKeys(Handle handle, TableId table);

    /** Why this table cannot take part at all: the reason and the remedy, empty if there is nothing wrong. */
    Optional<String> objectionTo(Handle handle, TableId table);

    /**
     * Why this table cannot take part, although all its columns and keys are fine: for example a foreign key from outside
     * the aggregate whose action changes rows without firing triggers.
     *
     * @param foreignKey one that the table declares, whose action may change rows of another aggregate
     * @return the reason and the remedy, empty if there is nothing wrong
     */
    Optional<String> objectionTo(TableId table, ForeignKey foreignKey);

    /**
     * The rights on a table that the user of this connection lacks. Rights to single columns count where they may suffice.
     *
     * @return empty if there is no such table, or the user cannot even see it
     */
    Set<Right> lacking(Handle handle, TableId table, Set<Right> wanted);

    /** The right that locking a row takes besides reading it; reading itself where that is all. */
    Right rightToLock();
}
