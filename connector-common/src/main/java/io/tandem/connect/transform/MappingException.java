package io.tandem.connect.transform;

import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/** A mapping document that does not fit its canonical schema, with all that is wrong. */
public final class MappingException extends ConfigException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems at least one, each with its place in the document */
    MappingException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, each with its place in the document. */
    public List<String> problems() {
        return problems;
    }
}
