package io.tandem.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free TCP ports of the loopback interface. Thread-safe. */
public final class Ports {

    /** Below what Linux and macOS give to outgoing connections, so that a killed server finds its port free again. */
    private static final int LOWEST = 15_000;

    private static final int ABOVE_HIGHEST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private Ports() {}

    /**
     * Returns a port on which nobody listens now. It is not reserved: start the server soon.
     *
     * @throws TestbedException if none is found
     */
    public static int free() {
        IOException taken = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, ABOVE_HIGHEST);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                taken = e;
            }
        }
        throw new TestbedException("no free port between " + LOWEST + " and " + ABOVE_HIGHEST, taken);
    }
}
