package io.tandem.connect.database;

/** What a database error means for the one who gets it. Each dialect classifies by SQLState and vendor code. */
public enum ErrorKind {
    /** Somebody else holds a lock, or we were chosen to give way: roll back and try again. */
    LOCK,
    /** The database cannot be reached or is short of something: try again later. */
    UNAVAILABLE,
    /** A row with this unique value exists already. */
    DUPLICATE_KEY,
    /** A row that is referred to is missing, or a row to be deleted is still referred to. */
    FOREIGN_KEY,
    /** The data does not fit the table. */
    DATA,
    /** A table or a column is not what it was when it was looked up: look it up again. */
    OUTDATED,
    /** The credentials are refused. */
    ACCESS,
    /** Anything else: a wrong statement, a missing grant. */
    OTHER
}
