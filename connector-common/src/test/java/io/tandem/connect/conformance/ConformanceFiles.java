package io.tandem.connect.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The files for participants that are not written in Java. */
final class ConformanceFiles {

    // the module's folder is the working directory of its tests
    static final Path FOLDER = Path.of("..", "clock-core", "conformance");

    /** For each kind of vector, a member of the expectation to change. */
    static final Map<String, String> CHANGED = Map.of(
            "compare", "/order",
            "local_write", "/version/timestamp",
            "policy", "/valid",
            "accept", "/accepted",
            "forgotten", "/alarm",
            "order", "/greater",
            "reconcile", "/version/writer",
            "sequence", "/states/b/clock/a");

    private static final ObjectMapper JSON = new ObjectMapper();

    private ConformanceFiles() {}

    static String text(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name));
    }

    static ArrayNode vectors() throws IOException {
        return (ArrayNode) JSON.readTree(text("vectors.json"));
    }

    static Set<String> kinds() throws IOException {
        Set<String> kinds = new TreeSet<>();
        vectors().forEach(vector -> kinds.add(vector.get("kind").textValue()));
        return kinds;
    }

    /** Changes one member of the expectation of the first vector of this kind that has it, and returns its id. */
    static String changeOne(ArrayNode vectors, String kind, String pointer) {
        JsonNode vector = StreamSupport.stream(vectors.spliterator(), false)
                .filter(each -> each.get("kind").textValue().equals(kind)
                        && !each.at("/expect" + pointer).isMissingNode())
                .findFirst()
                .orElseThrow();
        int last = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) vector.at("/expect" + pointer.substring(0, last));
        String member = pointer.substring(last + 1);
        JsonNode value = parent.get(member);
        parent.set(
                member,
                value.isBoolean()
                        ? BooleanNode.valueOf(!value.booleanValue())
                        : TextNode.valueOf(value.asText() + "1"));
        return vector.get("id").textValue();
    }
}
