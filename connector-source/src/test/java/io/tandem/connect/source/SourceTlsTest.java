package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.MariaDbServer;
import io.tandem.testbed.PostgresServer;
import io.tandem.testbed.TlsCertificate;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.TestDatabase;
import io.tandem.testbed.fixtures.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections are encrypted and the server is who it says, if the URL says so in the words of docs/security.md. */
class SourceTlsTest {

    private static DatabaseServer start(Vendor vendor, TlsCertificate certificate) {
        DatabaseServer server = vendor == Vendor.POSTGRESQL
                ? PostgresServer.startWithTls(certificate)
                : MariaDbServer.startWithTls(certificate);
        server.createUser(Users.TANDEM, Users.PASSWORD);
        return server;
    }

    private static TlsCertificate certificate(Path directory, String name) throws IOException {
        return TlsCertificate.create(Files.createDirectory(directory.resolve(name)));
    }

    private static Map<String, String> settings(TestDatabase database, String parameters) {
        Map<String, String> settings = database.settings("legacy");
        settings.put("topic", "customers");
        settings.put("connection.url", settings.get("connection.url") + parameters);
        return settings;
    }

    private static String trusting(Vendor vendor, TlsCertificate certificate) {
        return (vendor == Vendor.POSTGRESQL
                        ? "?sslmode=verify-full&sslrootcert="
                        : "?sslMode=verify-full&serverSslCert=")
                + certificate.certificate();
    }

    private static Map<String, String> through(Impostor impostor, DatabaseServer server, Map<String, String> settings) {
        settings.computeIfPresent(
                "connection.url", (name, url) -> url.replace(":" + server.port() + "/", ":" + impostor.port() + "/"));
        return settings;
    }

    /** The messages of the check, by setting. */
    private static Map<String, String> complaints(Map<String, String> settings) {
        Map<String, String> complaints = new TreeMap<>();
        for (ConfigValue value :
                new AlignmentSourceConnector().validate(settings).configValues()) {
            if (!value.errorMessages().isEmpty()) {
                complaints.put(value.name(), String.join("\n", value.errorMessages()));
            }
        }
        return complaints;
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void only_the_server_that_is_trusted_is_talked_to_and_only_encrypted(Vendor vendor, @TempDir Path directory)
            throws Exception {
        TlsCertificate own = certificate(directory, "own");
        TlsCertificate foreign = certificate(directory, "foreign");
        try (DatabaseServer server = start(vendor, own);
                TestDatabase database = TestDatabase.create(vendor, server).withTables()) {
            if (vendor == Vendor.MARIADB) {
                database.execute("ALTER USER " + Users.TANDEM + " REQUIRE SSL");
            }
            Map<String, String> trusted = settings(database, trusting(vendor, own));
            database.prepare(Source.KIND, trusted);

            assertThat(complaints(trusted)).isEmpty();
            try (Source source = Source.startAsItIs(trusted)) {
                assertThat(source.idle()).isEmpty();
                database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')");
                assertThat(source.drain()).hasSize(1);
                if (vendor == Vendor.POSTGRESQL) {
                    assertThat(database.query("SELECT DISTINCT s.ssl FROM pg_stat_ssl s JOIN pg_stat_activity a "
                                    + "USING (pid) WHERE a.usename = '" + Users.TANDEM + "'"))
                            .containsExactly("t");
                }
            }

            if (vendor == Vendor.POSTGRESQL) {
                assertThat(complaints(settings(database, trusting(vendor, foreign))))
                        .containsOnlyKeys("connection.url")
                        .allSatisfy((setting, message) -> assertThat(message).contains("TLS", "PKIX"));
            } else {
                // the server proves by the password that the certificate is its own, which nobody else can
                assertThat(complaints(settings(database, trusting(vendor, foreign))))
                        .isEmpty();
                try (Impostor impostor = Impostor.before(server, foreign)) {
                    String checked = trusting(vendor, own);
                    for (String parameters : List.of(checked, checked.replace("verify-full", "verify-ca"))) {
                        assertThat(complaints(through(impostor, server, settings(database, parameters))))
                                .as(parameters)
                                .containsOnlyKeys("connection.url")
                                .allSatisfy((setting, message) ->
                                        assertThat(message).contains("TLS", "Self signed certificates"));
                    }
                    assertThat(complaints(through(impostor, server, settings(database, "?sslMode=trust"))))
                            .isEmpty();
                }
            }
            String plain = vendor == Vendor.POSTGRESQL ? "?sslmode=disable" : "?sslMode=disable";
            assertThat(complaints(settings(database, plain)))
                    .hasSize(1)
                    .allSatisfy((setting, message) ->
                            assertThat(message).contains("the database refuses the user", Users.TANDEM));
        }
    }
}
