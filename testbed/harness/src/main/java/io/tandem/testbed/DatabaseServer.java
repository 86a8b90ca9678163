package io.tandem.testbed;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A database server in its own process, with data in a temporary directory. Thread-safe.
 *
 * <p>What is committed survives {@link #kill} and is there after {@link #restart}; {@link #close} removes it.
 */
public interface DatabaseServer extends AutoCloseable {

    /** Returns the JDBC address of a database, without user and password. */
    String jdbcUrl(String database);

    /** Returns the name of a user who may do everything. */
    String adminUser();

    /** Returns that user's password. */
    String adminPassword();

    /** Returns the port of the loopback interface; it does not change. */
    int port();

    /** Returns the operating system's number of the last started server process. */
    long pid();

    /** Returns the file that holds the server's output, of all its starts. */
    Path log();

    /** Tells whether the server's process runs. */
    boolean isAlive();

    /** Returns a new connection of the administrator's to a database. */
    default Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), adminUser(), adminPassword());
    }

    /**
     * Creates an empty database. The name may hold any character.
     *
     * @throws TestbedException if the server refuses, as for a name that is taken
     */
    void createDatabase(String name);

    /**
     * Creates a user who may log in and has no other right.
     *
     * @throws TestbedException if the server refuses, as for a name that is taken
     */
    void createUser(String name, String password);

    /**
     * Ends all sessions of a user, in the middle of whatever they do, as an administrator would. The user may log in
     * again at once.
     *
     * @throws TestbedException if the server refuses or does not run
     */
    void cutSessions(String user);

    /**
     * Makes the server refuse the writes of everybody but administrators, in sessions that are open too, or ends that.
     *
     * @throws TestbedException if the server refuses or does not run
     */
    void setReadOnly(boolean readOnly);

    /** Ends all the server's processes with SIGKILL and waits until they are gone. Does nothing if they are. */
    void kill();

    /** Ends the server cleanly; open connections are cut. Does nothing if it does not run. */
    void stop();

    /**
     * Starts the server again on its data and port, and waits until it serves; one that runs is stopped first.
     *
     * @throws TestbedException if it does not start
     */
    void restart();

    /**
     * Takes a backup while the server works.
     *
     * @param database what to back up; a vendor's backup may take all others along
     * @throws TestbedException if that fails
     */
    Backup backUp(String database);

    /** Ends the server at once and removes its data. May be called again. */
    @Override
    void close();
}
