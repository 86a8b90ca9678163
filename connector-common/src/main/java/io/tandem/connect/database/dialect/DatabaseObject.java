package io.tandem.connect.database.dialect;

import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * A table, index, function or trigger of Tandem.
 *
 * @param description what it is, for people
 * @param ddl the statement that creates it
 * @param current whether it exists and is as {@code ddl} would create it
 */
public record DatabaseObject(String description, String ddl, Predicate<Handle> current) {}
