package io.tandem.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server. The administrator's own database is {@code postgres}. Thread-safe. */
public final class PostgresServer implements DatabaseServer {

    private static final Duration STOP_GRACE = Duration.ofSeconds(30);

    private final PostgresInstallation installation;
    private final Path directory;
    private final Path data;
    private final int port = Ports.free();
    private final Service service;

    private PostgresServer(PostgresInstallation installation, Path directory, @Nullable TlsCertificate tls) {
        this.installation = installation;
        this.directory = directory;
        this.data = directory.resolve("data");
        Directories.copy(installation.template(), data);
        List<String> command = new ArrayList<>(installation.command("postgres", "-D", data.toString()));
        Map<String, String> settings = new HashMap<>(Map.of(
                "port", Integer.toString(port),
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "dynamic_shared_memory_type", "mmap",
                "max_connections", "200",
                "fsync", Durability.isWanted() ? "on" : "off",
                "timezone", "UTC"));
        if (tls != null) {
            Directories.write(data.resolve("pg_hba.conf"), "hostssl all all 127.0.0.1/32 scram-sha-256\n");
            settings.putAll(Map.of(
                    "ssl", "on",
                    "ssl_cert_file", tls.certificate().toString(),
                    "ssl_key_file", tls.key().toString()));
        }
        settings.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        this.service = new Service(
                "postgres", command, directory, Map.of(), started -> Sql.answers(this, PostgresInstallation.ADMIN));
    }

    /**
     * Starts a server on a free port and waits until it serves.
     *
     * @throws TestbedException if it does not start
     */
    public static PostgresServer start() {
        return start(null);
    }

    /**
     * Starts a server that takes encrypted connections only.
     *
     * @throws TestbedException if it does not start
     */
    public static PostgresServer startWithTls(TlsCertificate certificate) {
        return start(certificate);
    }

    private static PostgresServer start(@Nullable TlsCertificate tls) {
        PostgresInstallation installation = PostgresInstallation.find(TestbedHome.find());
        Path directory = Directories.temporary("postgres");
        try {
            PostgresServer server = new PostgresServer(installation, directory, tls);
            server.service.start();
            return server;
        } catch (RuntimeException e) {
            Directories.delete(directory);
            throw e;
        }
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public String adminUser() {
        return PostgresInstallation.ADMIN;
    }

    @Override
    public String adminPassword() {
        return PostgresInstallation.ADMIN_PASSWORD;
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
        Sql.run(this, adminUser(), quoting -> "CREATE DATABASE " + quoting.enquoteIdentifier(name, true));
    }

    @Override
    public void createUser(String name, String password) {
        Sql.run(
                this,
                adminUser(),
                quoting -> "CREATE ROLE " + quoting.enquoteIdentifier(name, true) + " LOGIN PASSWORD "
                        + quoting.enquoteLiteral(password));
    }

    @Override
    public void cutSessions(String user) {
        Sql.run(
                this,
                adminUser(),
                quoting -> "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = "
                        + quoting.enquoteLiteral(user));
    }

    /** Unlike on other servers administrators may not write either; and it stays so when the server is started again. */
    @Override
    public void setReadOnly(boolean readOnly) {
        Sql.run(
                this,
                adminUser(),
                quoting -> "ALTER SYSTEM "
                        + (readOnly
                                ? "SET default_transaction_read_only = on"
                                : "RESET default_transaction_read_only"));
        Sql.run(this, adminUser(), quoting -> "SELECT pg_reload_conf()");
    }

    @Override
    public void kill() {
        service.kill();
    }

    @Override
    public void stop() {
        // on SIGTERM PostgreSQL waits for its clients
        request("fast");
    }

    @Override
    public void restart() {
        stop();
        service.start();
    }

    @Override
    public Backup backUp(String database) {
        return PostgresBackup.of(this);
    }

    /** The folder of the server's files. */
    Path data() {
        return data;
    }

    @Override
    public void close() {
        // a killed server leaves a shared memory segment behind, this one does not
        request("immediate");
        Directories.delete(directory);
    }

    private void request(String mode) {
        service.stop(STOP_GRACE, started -> {
            List<String> command = installation.command("pg_ctl", "stop", "-D", data.toString(), "-m", mode, "-W");
            ManagedProcess request =
                    ManagedProcess.start("pg_ctl", command, directory, Map.of(), directory.resolve("pg_ctl.log"));
            return request.ended(STOP_GRACE);
        });
    }
}
