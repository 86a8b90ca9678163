package io.tandem.distribution.chaos;

import io.tandem.examples.ExamplePair;
import io.tandem.examples.PluginFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The program behind {@code chaos.sh}: a run of its own length on parts of its own. */
public final class Chaos {

    private Chaos() {}

    /**
     * Exits with 0 if all is as it must be, else with 1. System properties: {@code tandem.archive}, the plugin archive;
     * {@code chaos.output}, the folder for what is too much or too private to be printed.
     *
     * @param arguments the seed, and for how many minutes there are faults
     */
    public static void main(String[] arguments) {
        long seed = Long.parseLong(arguments[0]);
        Duration duration = Duration.ofSeconds(Math.round(Double.parseDouble(arguments[1]) * 60));
        long from = System.nanoTime();
        Consumer<String> progress = step -> System.out.printf(
                "%6d s  %s%n", Duration.ofNanos(System.nanoTime() - from).toSeconds(), step);
        Verdict verdict = run(Plan.complete(seed, duration), Path.of(System.getProperty("tandem.archive")), progress);
        System.out.println(verdict.line());
        System.exit(verdict.holds() ? 0 : 1);
    }

    /** Starts the parts, runs, tells what happened, and stops the parts, whatever happens. */
    static Verdict run(Plan plan, Path archive, Consumer<String> progress) {
        try (PluginFolder plugin = PluginFolder.unpack(archive);
                ExamplePair pair = ExamplePair.start(List.of(plugin.path()), progress)) {
            ChaosRun run = new ChaosRun(pair, plan, progress);
            Verdict verdict = run.run();
            new Report(verdict).lines().forEach(System.out::println);
            if (!verdict.holds()) {
                Findings findings = new Findings(verdict);
                findings.lines().forEach(System.out::println);
                keep(plan, findings, pair);
            }
            return verdict;
        }
    }

    private static void keep(Plan plan, Findings findings, ExamplePair pair) {
        Path folder = Path.of(System.getProperty("chaos.output", "target/chaos"));
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(plan.seed() + "-differences.txt"), findings.values());
            for (Path log : List.of(
                    pair.worker().log(),
                    pair.legacy().server().log(),
                    pair.modern().server().log())) {
                Files.copy(
                        log,
                        folder.resolve(plan.seed() + "-" + log.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep what was found", e);
        }
        System.out.println("what differs and the logs are in target/chaos of the module");
    }
}
