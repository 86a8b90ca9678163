package io.tandem.benchmarks.rig;

import io.tandem.examples.ExamplePair;
import io.tandem.examples.PluginFolder;
import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.Vendor;
import java.nio.file.Path;
import java.util.List;

/** Broker, registry, worker and both databases, with Tandem's plugin and Debezium's installed. For one thread. */
public final class Rig implements AutoCloseable {

    private final PluginFolder tandem;
    private final ExamplePair pair;

    private Rig(PluginFolder tandem, ExamplePair pair) {
        this.tandem = tandem;
        this.pair = pair;
    }

    /**
     * Starts everything.
     *
     * @param archive Tandem's plugin archive
     * @param plugins a folder with the plugins that it is measured against
     */
    public static Rig start(Path archive, Path plugins) {
        PluginFolder tandem = PluginFolder.unpack(archive);
        try {
            return new Rig(tandem, ExamplePair.start(List.of(tandem.path(), plugins), step -> {}));
        } catch (RuntimeException e) {
            tandem.close();
            throw e;
        }
    }

    /** The parts. */
    public ExamplePair pair() {
        return pair;
    }

    /** The server of a vendor. */
    public DatabaseServer server(Vendor vendor) {
        return vendor == Vendor.POSTGRESQL
                ? pair.modern().server()
                : pair.legacy().server();
    }

    /** A new, empty database. */
    public Scratch scratch(Vendor vendor) {
        return new Scratch(vendor, server(vendor));
    }

    @Override
    public void close() {
        try (tandem) {
            pair.close();
        }
    }
}
