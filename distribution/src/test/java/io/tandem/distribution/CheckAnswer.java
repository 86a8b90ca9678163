package io.tandem.distribution;

import io.tandem.examples.ExamplePair;
import io.tandem.testbed.ConnectRest.Validation;
import java.util.Map;
import java.util.TreeMap;

/** What a worker says about a connector's settings, as the pages show it. */
final class CheckAnswer {

    private CheckAnswer() {}

    /** Each setting that is wrong in a line, and behind it its messages, each in a line; empty if all is right. */
    static String of(ExamplePair pair, Map<String, String> config) {
        Validation validation = pair.rest().validate(config.get("connector.class"), config);
        StringBuilder text = new StringBuilder();
        new TreeMap<>(validation.errors()).forEach((setting, messages) -> {
            text.append(setting).append(":\n");
            messages.forEach(message -> text.append(message).append('\n'));
        });
        return text.toString();
    }
}
