package io.tandem.connect.source;

import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.TlsCertificate;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Stands between a client and a MariaDB server, as somebody would who has the network but not the server's key: shows the
 * client a certificate of its own, talks to the server as a client, and passes on what they say. Thread-safe.
 */
final class Impostor implements AutoCloseable {

    private static final int HEADER = 4;
    private static final int LENGTH = 0xff_ff_ff;

    private final DatabaseServer server;
    private final SSLContext shown;
    private final SSLContext trusting;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private Impostor(DatabaseServer server, SSLContext shown, SSLContext trusting) throws IOException {
        this.server = server;
        this.shown = shown;
        this.trusting = trusting;
        this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    /** Starts one that shows this certificate. */
    static Impostor before(DatabaseServer server, TlsCertificate certificate)
            throws IOException, GeneralSecurityException {
        SSLContext shown = SSLContext.getInstance("TLS");
        shown.init(keys(certificate).getKeyManagers(), null, null);
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new TrustsAll()}, null);
        Impostor impostor = new Impostor(server, shown, trusting);
        impostor.threads.execute(impostor::accept);
        return impostor;
    }

    private static KeyManagerFactory keys(TlsCertificate certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream file = Files.newInputStream(certificate.certificate())) {
            Certificate own = CertificateFactory.getInstance("X.509").generateCertificate(file);
            String key = Files.readString(certificate.key()).replaceAll("-----[A-Z ]+-----", "");
            PrivateKey secret = KeyFactory.getInstance("RSA")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key)));
            store.setKeyEntry("own", secret, new char[0], new Certificate[] {own});
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        return keys;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                threads.execute(() -> relay(client));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket real = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            sockets.add(real);
            // the server's greeting and the client's wish for TLS are not encrypted
            client.getOutputStream().write(packet(real.getInputStream()));
            real.getOutputStream().write(packet(client.getInputStream()));
            try (SSLSocket toServer =
                            (SSLSocket) trusting.getSocketFactory().createSocket(real, null, server.port(), true);
                    SSLSocket toClient =
                            (SSLSocket) shown.getSocketFactory().createSocket(client, null, client.getPort(), true)) {
                toClient.setUseClientMode(false);
                threads.execute(() -> copy(toClient, toServer));
                copy(toServer, toClient);
            }
        } catch (IOException e) {
            // one of them has gone, and the other one notices
        }
    }

    /** One packet of MariaDB's protocol: three bytes for the length of what follows, and one for a number. */
    private static byte[] packet(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
            throw new EOFException();
        }
        int length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt() & LENGTH;
        return ByteBuffer.allocate(HEADER + length)
                .put(header)
                .put(in.readNBytes(length))
                .array();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.close();
        } catch (IOException e) {
            // one of them has gone
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
