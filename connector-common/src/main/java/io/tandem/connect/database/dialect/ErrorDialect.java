package io.tandem.connect.database.dialect;

import io.tandem.connect.database.ErrorKind;
import java.sql.SQLException;

/** Classifies errors by SQLState and vendor code, once, here. */
@FunctionalInterface
public interface ErrorDialect {

    /** What this error means. */
    ErrorKind classify(SQLException error);
}
