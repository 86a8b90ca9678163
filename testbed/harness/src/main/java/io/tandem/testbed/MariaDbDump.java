package io.tandem.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A dump of one database as of one moment, with its triggers. */
final class MariaDbDump implements Backup {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final MariaDbServer server;
    private final MariaDbInstallation installation;
    private final String database;
    private final Path directory;

    private MariaDbDump(MariaDbServer server, MariaDbInstallation installation, String database, Path directory) {
        this.server = server;
        this.installation = installation;
        this.database = database;
        this.directory = directory;
    }

    static MariaDbDump of(MariaDbServer server, MariaDbInstallation installation, String database) {
        Path directory = Directories.temporary("mariadb-dump");
        MariaDbDump dump = new MariaDbDump(server, installation, database, directory);
        try {
            dump.run("mariadb-dump", "--single-transaction", "--result-file=" + dump.file(), database);
            return dump;
        } catch (RuntimeException e) {
            dump.close();
            throw e;
        }
    }

    private Path file() {
        return directory.resolve("dump.sql");
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                installation.program().resolveSibling(program).toString(),
                "--no-defaults",
                "--protocol=tcp",
                "--host=127.0.0.1",
                "--port=" + server.port(),
                "--skip-ssl",
                "--user=" + server.adminUser(),
                "--password=" + server.adminPassword()));
        command.addAll(List.of(arguments));
        ManagedProcess.start(
                        program, command, directory, installation.environment(), directory.resolve(program + ".log"))
                .awaitSuccess(LIMIT);
    }

    @Override
    public void restore() {
        server.kill();
        server.restart();
        Sql.run(server, "mysql", quoting -> "DROP DATABASE " + quoting.enquoteIdentifier(database, true));
        server.createDatabase(database);
        run("mariadb", "--execute=source " + file(), database);
    }

    @Override
    public void close() {
        Directories.delete(directory);
    }
}
