/**
 * An aggregate: a root row with its child rows, read and written as a whole. Its definition, the tables that hold it, its
 * key and its rows; values only, no connection to a database.
 */
@NullMarked
package io.tandem.connect.aggregate;

import org.jspecify.annotations.NullMarked;
