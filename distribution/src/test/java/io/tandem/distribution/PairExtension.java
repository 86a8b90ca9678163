package io.tandem.distribution;

import io.tandem.examples.ExamplePair;
import io.tandem.examples.Examples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the example pair, with all its connectors running, to tests: one for all test classes of a run, since the real
 * parts take their time to start. Tests keep to keys of their own.
 */
final class PairExtension implements ParameterResolver {

    /** The pair and the folder that its plugin was unpacked to. */
    private record Running(ExamplePair pair, InstalledPlugin plugin) implements AutoCloseable {

        static Running start() {
            try {
                InstalledPlugin plugin = InstalledPlugin.fromArchive(Path.of(System.getProperty("tandem.archive")));
                try {
                    return new Running(withConnectors(plugin), plugin);
                } catch (RuntimeException e) {
                    plugin.close();
                    throw e;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static ExamplePair withConnectors(InstalledPlugin plugin) {
            ExamplePair pair = ExamplePair.start(List.of(plugin.folder()), step -> {});
            try {
                Examples.CONNECTORS.forEach(pair::post);
                return pair;
            } catch (RuntimeException e) {
                pair.close();
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            pair.close();
            plugin.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ExamplePair.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(PairExtension.class))
                .getOrComputeIfAbsent("pair", key -> Running.start(), Running.class)
                .pair();
    }
}
