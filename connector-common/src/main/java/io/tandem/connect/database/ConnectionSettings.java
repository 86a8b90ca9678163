package io.tandem.connect.database;

/**
 * How to reach a database. {@link #toString()} shows no secret.
 *
 * @param url JDBC URL
 * @param user database user, may be empty
 * @param password the user's password, may be empty
 */
public record ConnectionSettings(String url, String user, String password) {

    /** The URL without its parameters, which may hold secrets, and the user. */
    @Override
    public String toString() {
        return url.replaceFirst("[?].*", "") + " as " + user;
    }
}
