package io.tandem.connect.database;

/**
 * How to reach a database. {@link #toString()} shows no password.
 *
 * @param url JDBC URL
 * @param user database user, may be empty
 * @param password the user's password, may be empty
 */
public record ConnectionSettings(String url, String user, String password) {

    @Override
    public String toString() {
        return url + " as " + user;
    }
}
