/** PostgreSQL. */
@NullMarked
package io.tandem.connect.database.dialect.postgresql;

import org.jspecify.annotations.NullMarked;
