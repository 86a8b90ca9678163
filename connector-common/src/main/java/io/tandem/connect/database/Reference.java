package io.tandem.connect.database;

import io.tandem.connect.aggregate.Column;
import java.util.List;

/**
 * How the rows of a table refer to those of another.
 *
 * @param referring the referring columns
 * @param referenced the columns that they refer to, in the same order
 */
record Reference(List<Column> referring, List<Column> referenced) {}
