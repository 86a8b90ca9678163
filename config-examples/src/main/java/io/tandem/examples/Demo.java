package io.tandem.examples;

import java.nio.file.Path;
import java.util.List;

/** Plays on the example pair what Tandem is for, and tells it: the program behind {@code demo.sh}. */
public final class Demo {

    private static final int MOST_KEYS_TOLD = 100;

    private final Narrator narrator;
    private final Interruption interruption;
    private final boolean keep;

    private Demo(Narrator narrator, Interruption interruption, boolean keep) {
        this.narrator = narrator;
        this.interruption = interruption;
        this.keep = keep;
    }

    /**
     * Exits with 0 if all went well and all aggregates are the same in the end, else with 1. System properties: {@code
     * demo.archive}, the plugin archive; {@code demo.terminal}, whether standard output is one.
     *
     * @param arguments {@code --keep} to leave all running until Ctrl-C
     */
    public static void main(String[] arguments) {
        Narrator narrator = new Narrator(Boolean.getBoolean("demo.terminal"));
        Interruption interruption = Interruption.of(narrator);
        boolean aligned;
        try {
            aligned = new Demo(narrator, interruption, List.of(arguments).contains("--keep"))
                    .run(Path.of(System.getProperty("demo.archive", "")));
        } finally {
            interruption.over();
        }
        System.exit(aligned ? 0 : 1);
    }

    private boolean run(Path archive) {
        narrator.title("Starting the real parts");
        Parts parts = new Parts(narrator);
        try (PluginFolder plugin = PluginFolder.unpack(archive);
                ExamplePair pair = ExamplePair.start(List.of(plugin.path()), parts::next)) {
            parts.done();
            return play(new Stage(pair, narrator));
        } catch (RuntimeException e) {
            narrator.failure(
                    "The real parts did not start or stop: " + WorkerLog.withoutPaths(String.valueOf(e.getMessage())));
            return false;
        }
    }

    private boolean play(Stage stage) {
        Story story = new Story(stage);
        try {
            story.tell();
            return end(stage.pair(), story.compare());
        } catch (RuntimeException e) {
            narrator.failure("This step failed: " + narrator.doing() + "\n"
                    + WorkerLog.withoutPaths(String.valueOf(e.getMessage()))
                    + "\n\nThe end of the worker's log:\n"
                    + WorkerLog.tail(stage.pair().worker().log()));
            return false;
        }
    }

    private boolean end(ExamplePair pair, Story.Ending ending) {
        if (keep) {
            narrator.text(Addresses.of(pair));
        }
        boolean aligned = ending.differing().isEmpty();
        if (aligned) {
            narrator.success("ALIGNED " + ending.aggregates() + " aggregates on 2 masters, 0 differ");
        } else {
            ending.differing().stream().limit(MOST_KEYS_TOLD).forEach(key -> narrator.note("differs: " + key));
            narrator.failure("NOT ALIGNED: " + ending.differing().size() + " of " + ending.aggregates()
                    + " aggregates on 2 masters differ");
        }
        if (keep) {
            interruption.await();
        }
        return aligned;
    }
}
