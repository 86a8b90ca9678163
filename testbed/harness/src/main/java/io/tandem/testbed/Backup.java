package io.tandem.testbed;

/** A backup of a database, taken by the vendor's own means while the server was working. Thread-safe. */
public interface Backup extends AutoCloseable {

    /**
     * Ends the server with SIGKILL if it runs, puts the database back as it was when the backup was made, and waits until
     * the server serves. What was committed since is gone.
     *
     * @throws TestbedException if that fails
     */
    void restore();

    /** Removes the backup. */
    @Override
    void close();
}
