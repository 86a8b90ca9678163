package io.tandem.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A base backup: the files of the running server between two marks, and the log that makes them consistent. */
final class PostgresBackup implements Backup {

    private static final String LOG = "pg_wal";

    private final PostgresServer server;
    private final Path copy;

    private PostgresBackup(PostgresServer server, Path copy) {
        this.server = server;
        this.copy = copy;
    }

    static PostgresBackup of(PostgresServer server) {
        Path copy = Directories.temporary("postgres-backup");
        try (Connection connection = server.connect(PostgresInstallation.ADMIN);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('tandem', true)");
            Directories.copyLive(server.data(), copy);
            Directories.delete(copy.resolve(LOG));
            Files.deleteIfExists(copy.resolve("postmaster.pid"));
            try (ResultSet stopped = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                stopped.next();
                Files.writeString(copy.resolve("backup_label"), stopped.getString(1));
            }
            Directories.copyLive(server.data().resolve(LOG), copy.resolve(LOG));
            return new PostgresBackup(server, copy);
        } catch (SQLException | IOException e) {
            Directories.delete(copy);
            throw new TestbedException("cannot back up PostgreSQL", e);
        } catch (UncheckedIOException | TestbedException e) {
            Directories.delete(copy);
            throw e;
        }
    }

    @Override
    public void restore() {
        server.kill();
        Directories.delete(server.data());
        Directories.copy(copy, server.data());
        server.restart();
    }

    @Override
    public void close() {
        Directories.delete(copy);
    }
}
