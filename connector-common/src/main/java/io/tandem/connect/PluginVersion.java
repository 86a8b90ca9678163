package io.tandem.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the plugins, as built. */
public final class PluginVersion {

    private static final String RESOURCE = "/io/tandem/connect/version.properties";

    private PluginVersion() {}

    /** The project's version, for example {@code 1.0.0}. */
    public static String get() {
        try (InputStream resource = PluginVersion.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                return "unknown";
            }
            Properties properties = new Properties();
            properties.load(resource);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
