package io.tandem.examples;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells on standard output what the demo does: a line per step, the time that it took in front. On a terminal there are
 * colours, and a last line that says what is going on now. Thread-safe.
 */
final class Narrator {

    private static final String RESET = "\033[0m";
    private static final String BOLD = "\033[1m";
    private static final String DIM = "\033[2m";
    private static final String GREEN = "\033[32m";
    private static final String RED = "\033[31m";
    private static final String ERASE_LINE = "\r\033[K";
    private static final long MILLIS_OF_LONG_STEPS = 10_000;

    // not System.out, whose encoding follows the locale: names have umlauts, and worse
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final boolean terminal;
    private boolean transientLine;
    private boolean silent;
    private String part = "";
    private String doing = "";

    /** @param terminal whether colours and lines that are written over make sense */
    Narrator(boolean terminal) {
        this.terminal = terminal;
    }

    /** A new part of the story. */
    synchronized void title(String title) {
        part = title;
        doing = title;
        print("\n" + styled(BOLD, title));
    }

    /** Something happened. */
    synchronized void step(Duration took, String what) {
        doing = part;
        print(styled(DIM, time(took)) + "  " + what);
    }

    /** Something more about the step before. */
    void note(String what) {
        print(" ".repeat(time(Duration.ZERO).length()) + "  " + what);
    }

    /** A text of its own, as it is. */
    void text(String text) {
        print("\n" + text);
    }

    /** The good end. */
    void success(String what) {
        print("\n" + styled(GREEN, what));
    }

    /** The bad end. */
    void failure(String what) {
        print("\n" + styled(RED, what));
    }

    /** What is going on now; shown only on a terminal, where the next line takes its place. */
    synchronized void progress(String what) {
        doing = what;
        if (terminal && !silent) {
            out.print(ERASE_LINE + styled(DIM, " ".repeat(time(Duration.ZERO).length()) + "  … " + what));
            out.flush();
            transientLine = true;
        }
    }

    /** What was going on last: the step that did not succeed, if there is a failure. */
    synchronized String doing() {
        return doing;
    }

    /** Says a last word; what the interrupted steps would have to say is of no interest. */
    synchronized void interrupt(String lastWord) {
        print(lastWord);
        silent = true;
    }

    private synchronized void print(String text) {
        if (!silent) {
            out.println((transientLine ? ERASE_LINE : "") + text);
            transientLine = false;
        }
    }

    private String styled(String style, String text) {
        return terminal ? style + text + RESET : text;
    }

    private static String time(Duration took) {
        long millis = took.toMillis();
        return millis < MILLIS_OF_LONG_STEPS
                ? String.format(Locale.ROOT, "%,7d ms", millis)
                : String.format(Locale.ROOT, "%,8.1f s", millis / 1000.0);
    }
}
