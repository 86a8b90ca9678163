/** MariaDB, from 10.6 on (the first with SKIP LOCKED). */
@NullMarked
package io.tandem.connect.database.dialect.mariadb;

import org.jspecify.annotations.NullMarked;
