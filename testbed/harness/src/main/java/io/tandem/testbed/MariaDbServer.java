package io.tandem.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A MariaDB server with utf8mb4 and without a binary log. Thread-safe. */
public final class MariaDbServer implements DatabaseServer {

    private static final Duration STOP_GRACE = Duration.ofSeconds(30);
    private static final String SYSTEM_DATABASE = "mysql";
    private static final int READ_ONLY_ATTEMPTS = 10;

    private final MariaDbInstallation installation;
    private final Path directory;
    private final int port = Ports.free();
    private final Service service;

    private MariaDbServer(MariaDbInstallation installation, Path directory, @Nullable TlsCertificate tls) {
        this.installation = installation;
        this.directory = directory;
        Path data = directory.resolve("data");
        Path init = directory.resolve("init.sql");
        Directories.copy(installation.template(), data);
        try {
            Files.writeString(init, MariaDbInstallation.INIT_SQL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(List.of(
                installation.program().toString(),
                "--no-defaults",
                "--basedir=" + installation.base(),
                "--datadir=" + data,
                "--tmpdir=" + directory,
                "--socket=" + directory.resolve("mariadb.sock"),
                "--pid-file=" + directory.resolve("mariadb.pid"),
                "--init-file=" + init,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--skip-name-resolve",
                "--skip-log-bin",
                "--max-connections=200",
                "--max-allowed-packet=64M",
                "--character-set-server=utf8mb4",
                "--default-time-zone=+00:00",
                // who got into whose way is seldom seen twice
                "--innodb-print-all-deadlocks=ON",
                "--innodb-flush-log-at-trx-commit=" + (Durability.isWanted() ? 1 : 2)));
        if (tls == null) {
            // else 11.4 makes an RSA key of 4096 bits at every start: seconds
            command.add("--skip-ssl");
        } else {
            command.addAll(List.of("--ssl-cert=" + tls.certificate(), "--ssl-key=" + tls.key()));
        }
        if (System.getProperty("user.name", "").equals("root")) {
            command.add("--user=root");
        }
        this.service = new Service(
                "mariadb",
                command,
                directory,
                installation.environment(),
                started -> Sql.answers(this, SYSTEM_DATABASE));
    }

    /**
     * Starts a server on a free port and waits until it serves.
     *
     * @throws TestbedException if it does not start
     */
    public static MariaDbServer start() {
        return start(null);
    }

    /**
     * Starts a server that takes plain connections and encrypted ones; its users may be made to use the latter.
     *
     * @throws TestbedException if it does not start
     */
    public static MariaDbServer startWithTls(TlsCertificate certificate) {
        return start(certificate);
    }

    private static MariaDbServer start(@Nullable TlsCertificate tls) {
        MariaDbInstallation installation = MariaDbInstallation.find(TestbedHome.find());
        Path directory = Directories.temporary("mariadb");
        try {
            MariaDbServer server = new MariaDbServer(installation, directory, tls);
            server.service.start();
            return server;
        } catch (RuntimeException e) {
            Directories.delete(directory);
            throw e;
        }
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public String adminUser() {
        return MariaDbInstallation.ADMIN;
    }

    @Override
    public String adminPassword() {
        return MariaDbInstallation.ADMIN_PASSWORD;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public long pid() {
        return service.pid();
    }

    @Override
    public Path log() {
        return service.log();
    }

    @Override
    public boolean isAlive() {
        return service.isAlive();
    }

    @Override
    public void createDatabase(String name) {
        Sql.run(this, SYSTEM_DATABASE, quoting -> "CREATE DATABASE " + quoting.enquoteIdentifier(name, true));
    }

    @Override
    public void createUser(String name, String password) {
        Sql.run(
                this,
                SYSTEM_DATABASE,
                quoting -> "CREATE USER " + quoting.enquoteLiteral(name) + "@'%' IDENTIFIED BY "
                        + quoting.enquoteLiteral(password));
    }

    @Override
    public void cutSessions(String user) {
        Sql.run(this, SYSTEM_DATABASE, quoting -> "KILL CONNECTION USER " + quoting.enquoteLiteral(user) + "@'%'");
    }

    /** Forgotten when the server is started again. */
    @Override
    public void setReadOnly(boolean readOnly) {
        SQLException refusal = null;
        for (int attempt = 0; attempt < READ_ONLY_ATTEMPTS; attempt++) {
            try (Connection connection = connect(SYSTEM_DATABASE);
                    Statement statement = connection.createStatement()) {
                // it waits for statements that run, and what they wait for may be waiting for it
                statement.execute("SET SESSION lock_wait_timeout = 1");
                statement.execute("SET GLOBAL read_only = " + (readOnly ? 1 : 0));
                return;
            } catch (SQLException e) {
                refusal = e;
            }
        }
        throw new TestbedException("MariaDB at port " + port + " does not change read_only: " + refusal, refusal);
    }

    @Override
    public void kill() {
        service.kill();
    }

    @Override
    public void stop() {
        service.stop(STOP_GRACE);
    }

    @Override
    public void restart() {
        stop();
        service.start();
    }

    @Override
    public Backup backUp(String database) {
        return MariaDbDump.of(this, installation, database);
    }

    @Override
    public void close() {
        service.kill();
        Directories.delete(directory);
    }
}
