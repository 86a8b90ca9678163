package io.tandem.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every real part starts, is killed, starts again, and leaves neither a process nor a directory. */
class RealPartsTest {

    private static final String AVRO_CONVERTER = "io.apicurio.registry.utils.converter.AvroConverter";

    private static final Pattern DIRECTORY = Pattern.compile("tandem-[a-z-]+-(?<owner>\\d+)-\\d+");

    private final Set<ProcessHandle> seen = new HashSet<>();
    private List<Path> directoriesBefore = List.of();

    @BeforeEach
    void remember() throws IOException {
        directoriesBefore = directories();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(seen).noneMatch(ProcessHandle::isAlive);
        // others on this machine may remove theirs meanwhile
        assertThat(directoriesBefore).containsAll(directories());
    }

    @Test
    void postgresKeepsWhatIsCommitted() throws SQLException {
        databaseKeepsWhatIsCommitted(PostgresServer::start);
    }

    @Test
    void mariaDbKeepsWhatIsCommitted() throws SQLException {
        databaseKeepsWhatIsCommitted(MariaDbServer::start);
    }

    @Test
    @SuppressWarnings("try") // close works twice
    void brokerWorkerAndRegistry(@TempDir Path brokerDirectory) throws Exception {
        Path log;
        try (SchemaRegistry registry = SchemaRegistry.start();
                KafkaBroker broker = KafkaBroker.start(brokerDirectory);
                ConnectWorker worker = ConnectWorker.builder(broker)
                        .pluginPath(List.of(TestbedHome.find().converterPluginPath()))
                        .start()) {
            assertThat(new Http().answers(registry.v2Url() + "/system/info")).isTrue();
            log = worker.log();
            ConnectRest rest = worker.rest();
            assertThat(rest.plugins())
                    .anySatisfy(plugin -> {
                        assertThat(plugin.className()).isEqualTo(AVRO_CONVERTER);
                        assertThat(plugin.type()).isEqualTo("converter");
                    })
                    .anySatisfy(plugin -> assertThat(plugin.type()).isEqualTo("transformation"));
            assertThat(rest.connectors()).isEmpty();
            assertThatThrownBy(() -> rest.status("absent"))
                    .isInstanceOfSatisfying(
                            ConnectRestException.class,
                            e -> assertThat(e.statusCode()).isEqualTo(404))
                    .hasMessageContaining("absent");

            noteProcesses();
            worker.kill();
            assertThat(worker.isAlive()).isFalse();
            broker.kill();
            assertThat(broker.isAlive()).isFalse();
            broker.restart();
            worker.restart();
            assertThat(rest.connectors()).isEmpty();

            String schema = registry.ccompatUrl() + "/subjects/kept/versions";
            register(schema);
            registry.kill();
            assertThat(registry.isAlive()).isFalse();
            registry.restart();
            assertThat(new Http().answers(schema + "/1")).isTrue();

            noteProcesses();
            worker.freeze();
            worker.thaw();
            assertThat(rest.connectors()).isEmpty();
            worker.freeze();
            worker.close();
            broker.close();
            registry.close();
            assertThat(registry.isAlive()).isFalse();
        }
        assertThat(log).doesNotExist();
        assertThat(brokerDirectory.resolve("data")).exists();
    }

    private static void register(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"schema\": \"\\\"string\\\"\"}"))
                .build();
        HttpResponse<String> answer = Http.newClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void failureToStartShowsTheLogAndLeavesNothing() {
        try (KafkaBroker broker = KafkaBroker.start()) {
            noteProcesses();
            ConnectWorker.Builder builder =
                    ConnectWorker.builder(broker).property("key.converter", "no.such.Converter");
            assertThatThrownBy(builder::start)
                    .isInstanceOf(TestbedException.class)
                    .hasMessageContaining("no.such.Converter");
        }
    }

    @Test
    void nothingOutlivesTheJvm(@TempDir Path directory) throws Exception {
        List<String> command = JavaCommand.java(
                "-Dtestbed.home=" + TestbedHome.find().path(),
                "-cp",
                System.getProperty("java.class.path"),
                Hanging.class.getName());
        try (ManagedProcess jvm =
                ManagedProcess.start("hanging", command, directory, Map.of(), directory.resolve("log"))) {
            jvm.awaitReady(Duration.ofSeconds(60), () -> jvm.logTail().contains(Hanging.READY));
            noteProcesses();
            assertThat(seen).hasSizeGreaterThan(2);
            assertThat(directories()).hasSizeGreaterThan(directoriesBefore.size());
            jvm.stop(Duration.ofSeconds(20));
        }
    }

    @Test
    void processThatDoesNotExistIsNamed(@TempDir Path directory) {
        assertThatThrownBy(() -> ManagedProcess.start(
                        "nothing", List.of("/no/such/program"), directory, Map.of(), directory.resolve("log")))
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("/no/such/program");
        noteProcesses();
    }

    @SuppressWarnings("try") // close works twice
    private void databaseKeepsWhatIsCommitted(Supplier<DatabaseServer> start) throws SQLException {
        try (DatabaseServer server = start.get()) {
            server.createDatabase("shop");
            server.createUser("o'neill", "pa'ss");
            try (Connection login = DriverManager.getConnection(adminDatabase(server), "o'neill", "pa'ss")) {
                assertThat(login.isValid(5)).isTrue();
                server.cutSessions("o'neill");
                assertThat(login.isValid(5)).isFalse();
            }
            assertThatThrownBy(() -> DriverManager.getConnection(adminDatabase(server), "o'neill", "wrong"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> server.createDatabase("shop")).isInstanceOf(TestbedException.class);

            execute(server, "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20))");
            execute(server, "INSERT INTO item VALUES (1, 'kept')");
            readOnlyAndBack(server);
            noteProcesses();
            server.kill();
            assertThat(server.isAlive()).isFalse();
            assertThatThrownBy(() -> server.connect("shop")).isInstanceOf(SQLException.class);
            server.restart();
            assertThat(names(server)).isEqualTo("kept");

            execute(server, "INSERT INTO item VALUES (2, 'too')");
            try (Connection open = server.connect("shop")) {
                assertThat(open.isValid(5)).isTrue();
                noteProcesses();
                server.stop();
                assertThat(server.isAlive()).isFalse();
            }
            server.restart();
            assertThat(names(server)).isEqualTo("kept,too");
            noteProcesses();
            server.close();
            assertThat(server.isAlive()).isFalse();
        }
    }

    private static void readOnlyAndBack(DatabaseServer server) throws SQLException {
        execute(
                server,
                "GRANT DELETE ON item TO " + (server instanceof PostgresServer ? "\"o'neill\"" : "'o''neill'@'%'"));
        try (Connection login = DriverManager.getConnection(server.jdbcUrl("shop"), "o'neill", "pa'ss");
                Statement statement = login.createStatement()) {
            server.setReadOnly(true);
            // PostgreSQL's sessions hear of it a moment later
            await().untilAsserted(() -> assertThatThrownBy(() -> statement.execute("DELETE FROM item WHERE 1 = 0"))
                    .hasMessageContaining("read-only"));
            server.setReadOnly(false);
            await().untilAsserted(() -> statement.execute("DELETE FROM item WHERE 1 = 0"));
        }
    }

    private static String adminDatabase(DatabaseServer server) {
        return server.jdbcUrl(server instanceof PostgresServer ? "postgres" : "");
    }

    private static void execute(DatabaseServer server, String sql) throws SQLException {
        try (Connection connection = server.connect("shop");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String names(DatabaseServer server) throws SQLException {
        StringBuilder names = new StringBuilder();
        try (Connection connection = server.connect("shop");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM item ORDER BY id")) {
            while (rows.next()) {
                names.append(names.isEmpty() ? "" : ",").append(rows.getString(1));
            }
        }
        return names.toString();
    }

    /** Also children of our children, which we could not find once their parent is gone. */
    private void noteProcesses() {
        try (Stream<ProcessHandle> descendants = ProcessHandle.current().descendants()) {
            descendants.forEach(seen::add);
        }
    }

    /** Those of this process, of those that it started, and of others that are gone: what runs beside this test still uses its own. */
    private List<Path> directories() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file ->
                            isOursOrLeft(DIRECTORY.matcher(file.getFileName().toString())))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private boolean isOursOrLeft(Matcher name) {
        if (!name.matches()) {
            return false;
        }
        long owner = Long.parseLong(name.group("owner"));
        return owner == ProcessHandle.current().pid()
                || seen.stream().anyMatch(process -> process.pid() == owner)
                || ProcessHandle.of(owner).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** A program that starts servers and never closes them. */
    static final class Hanging {
        static final String READY = "servers are up";

        private Hanging() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println(
                    PostgresServer.start().port() + " " + MariaDbServer.start().port());
            System.out.println(READY);
            Thread.sleep(Duration.ofMinutes(10).toMillis());
        }
    }
}
