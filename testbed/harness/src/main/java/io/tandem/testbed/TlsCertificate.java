package io.tandem.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A server's certificate, which it has signed itself, so that who trusts it trusts this server alone. Immutable.
 *
 * @param certificate a PEM file, for the server and for its clients
 * @param key a PEM file, which only its owner may read
 */
public record TlsCertificate(Path certificate, Path key) {

    private static final String ALIAS = "server";
    private static final String PASSWORD = "changeit";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Base64.Encoder BASE_64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /**
     * Makes a certificate for {@code 127.0.0.1}.
     *
     * @param directory where the files go; it must exist and be the caller's to remove
     * @throws TestbedException if the JDK's keytool does not make it
     */
    public static TlsCertificate create(Path directory) {
        Path store = directory.resolve("server.p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                ALIAS,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2");
        ManagedProcess keytool =
                ManagedProcess.start("keytool", command, directory, Map.of(), directory.resolve("keytool.log"));
        if (!keytool.ended(LIMIT)) {
            keytool.kill();
        }
        try (InputStream file = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(file, PASSWORD.toCharArray());
            Path certificate = directory.resolve("server.crt");
            Files.writeString(
                    certificate, pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
            Path key = directory.resolve("server.key");
            Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    key,
                    pem(
                            "PRIVATE KEY",
                            keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
            return new TlsCertificate(certificate, key);
        } catch (IOException | GeneralSecurityException e) {
            throw new TestbedException("keytool made no certificate in " + directory, e);
        }
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + BASE_64.encodeToString(content) + "\n-----END " + kind + "-----\n";
    }
}
