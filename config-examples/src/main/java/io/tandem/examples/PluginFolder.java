package io.tandem.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The plugin archive, unpacked into a temporary folder for {@code plugin.path} as a user would install it. The folder
 * goes away with {@link #close} or else with this JVM. Thread-safe.
 */
public final class PluginFolder implements AutoCloseable {

    private final Path folder;
    private boolean closed;

    private PluginFolder(Path folder) {
        this.folder = folder;
    }

    /** Unpacks the archive. */
    public static PluginFolder unpack(Path archive) {
        try {
            PluginFolder plugin = new PluginFolder(Files.createTempDirectory("tandem-plugin-"));
            Runtime.getRuntime().addShutdownHook(new Thread(plugin::close, "plugin-folder"));
            try (InputStream file = Files.newInputStream(archive);
                    ZipInputStream zip = new ZipInputStream(file)) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    plugin.add(entry, zip);
                }
            }
            return plugin;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the plugin archive: " + e.getMessage(), e);
        }
    }

    /** Entry by entry under the lock, so that a folder that is being removed does not grow again. */
    private synchronized void add(ZipEntry entry, InputStream content) throws IOException {
        if (closed) {
            throw new IOException("interrupted");
        }
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("it has an entry outside its folder, " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(content, target);
        }
    }

    /** The folder for {@code plugin.path}. */
    public Path path() {
        return folder;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the unpacked plugin: " + e.getMessage(), e);
        }
    }
}
