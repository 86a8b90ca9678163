package io.tandem.connect.database.dialect;

import io.tandem.connect.database.ErrorKind;
import java.sql.SQLException;
import java.util.Optional;

/** Classifies errors by SQLState and vendor code, once, here. */
public interface ErrorDialect {

    /** What this error means. */
    ErrorKind classify(SQLException error);

    /**
     * The server's own words on data that does not fit, if they name tables, columns and types only. Empty where they
     * may quote a value of a row.
     */
    Optional<String> place(SQLException error);

    /** The name of the constraint or index that refuses a row, if the error tells. */
    Optional<String> constraint(SQLException error);

    /**
     * The server's own words on an error of another kind: without its details, which may quote the parameters of a statement.
     */
    String words(SQLException error);

    /** All that the server has said, values of rows included. */
    String allWords(SQLException error);
}
