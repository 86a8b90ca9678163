package io.tandem.connect.transform;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/** Gathers what is wrong with a document. For one compilation; not thread-safe. */
final class Problems {

    private final List<String> messages = new ArrayList<>();

    void add(ConfigException problem) {
        messages.add(String.valueOf(problem.getMessage()));
    }

    /** What is wrong so far, each with its place in the document. */
    List<String> messages() {
        return List.copyOf(messages);
    }

    /** How many there are so far. */
    int size() {
        return messages.size();
    }

    /** Runs something, and keeps what is wrong with it, if anything. */
    void collect(Runnable check) {
        try {
            check.run();
        } catch (ConfigException e) {
            add(e);
        }
    }

    /** @throws ConfigException with all that is wrong, a line each, if anything is */
    void throwIfAny() {
        if (!messages.isEmpty()) {
            throw new ConfigException(String.join("\n", messages));
        }
    }
}
