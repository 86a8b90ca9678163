package io.tandem.connect.database.dialect;

/** What a user may be allowed to do with the rows of a table. */
public enum Right {
    SELECT,
    INSERT,
    UPDATE,
    DELETE
}
