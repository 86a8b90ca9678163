package io.tandem.testbed;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs and an empty data directory to copy, made once by the library. Immutable.
 *
 * <p>The library cannot kill a server and start it again, so that running it is ours.
 */
record PostgresInstallation(Path programs, Path template) {

    static final String ADMIN = "postgres";
    static final String ADMIN_PASSWORD = "postgres";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    static PostgresInstallation find(TestbedHome home) {
        Path folder = InstallCache.once(home.cache().resolve("postgres"), PostgresInstallation::install);
        return new PostgresInstallation(programs(folder), folder.resolve("template"));
    }

    /** Returns the command line of one of the programs, which refuse to run as root. */
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static void install(Path folder) throws Exception {
        Path template = folder.resolve("template");
        // the library makes its parent folder in any case; keep it out of the temporary directory
        System.setProperty("ot.epg.working-dir", folder.toString());
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setDataDirectory(template)
                        .setCleanDataDirectory(false)
                        .setPort(Ports.free())
                        .setServerConfig("unix_socket_directories", "")
                        .setPGStartupWait(START_TIMEOUT)
                        .start();
                Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + ADMIN + " PASSWORD '" + ADMIN_PASSWORD + "'");
        }
        Files.writeString(template.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    }

    private static Path programs(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.resolve("bin"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new TestbedException("no programs in " + folder));
        } catch (IOException e) {
            throw new TestbedException("cannot read " + folder, e);
        }
    }
}
