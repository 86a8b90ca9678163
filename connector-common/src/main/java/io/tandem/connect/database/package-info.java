/**
 * The database side: tables and rows of an aggregate, its clock table and change journal, and the fold. Knows JDBC and
 * no Connect types; what differs by vendor is behind {@link io.tandem.connect.database.dialect.Dialect}.
 */
@NullMarked
package io.tandem.connect.database;

import org.jspecify.annotations.NullMarked;
