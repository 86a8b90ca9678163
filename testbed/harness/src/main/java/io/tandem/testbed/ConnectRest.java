package io.tandem.testbed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of a Connect worker's REST interface. Thread-safe.
 *
 * <p>While the worker rebalances (status 409) a request is repeated for up to half a minute. Every method throws
 * {@link ConnectRestException} if the worker refuses, and {@link TestbedException} if it cannot be reached.
 */
public final class ConnectRest {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration REBALANCE_TIMEOUT = Duration.ofSeconds(30);
    private static final long REBALANCE_POLL_MILLIS = 200;
    private static final int CONFLICT = 409;

    private final String url;
    private final HttpClient client = Http.newClient();
    private final ObjectMapper json = new ObjectMapper();

    /**
     * What a worker tells about a connector.
     *
     * @param state as {@code RUNNING}, {@code PAUSED}, {@code STOPPED}, {@code FAILED}, {@code UNASSIGNED}
     * @param trace why the connector failed; null unless it did
     */
    public record ConnectorStatus(
            String name, String state, @Nullable String trace, List<TaskStatus> tasks) {

        /** Tells whether the connector and at least one task run, and no task is in another state. */
        public boolean isRunning() {
            return state.equals("RUNNING")
                    && !tasks.isEmpty()
                    && tasks.stream().allMatch(task -> task.state().equals("RUNNING"));
        }
    }

    /**
     * What a worker tells about a task.
     *
     * @param trace why the task failed; null unless it did
     */
    public record TaskStatus(int id, String state, @Nullable String trace) {}

    /**
     * What a connector says about a configuration.
     *
     * @param errors messages by setting; only settings that have any
     */
    public record Validation(int errorCount, Map<String, List<String>> errors) {}

    /**
     * A plugin that a worker has found.
     *
     * @param type as {@code source}, {@code sink}, {@code converter}, {@code transformation}
     * @param version null if the plugin tells none
     */
    public record Plugin(
            String className, String type, @Nullable String version) {}

    /** Creates a client for the address, as {@code http://127.0.0.1:8083}. */
    public ConnectRest(String url) {
        this.url = url;
    }

    /** Creates a connector from a document with {@code name} and {@code config}. */
    public void create(JsonNode nameAndConfig) {
        send("POST", "/connectors", nameAndConfig);
    }

    /** Creates a connector from the text of a document with {@code name} and {@code config}. */
    public void create(String nameAndConfig) {
        create(parse(nameAndConfig));
    }

    /** Creates a connector, or gives it a new configuration. */
    public void put(String name, Map<String, String> config) {
        send("PUT", connector(name) + "/config", json.valueToTree(config));
    }

    /** Returns a connector's configuration as it was given, its name included. */
    public Map<String, String> config(String name) {
        Map<String, String> config = new LinkedHashMap<>();
        send("GET", connector(name) + "/config", null)
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        return config;
    }

    /** Removes a connector. */
    public void delete(String name) {
        send("DELETE", connector(name), null);
    }

    /** Pauses a connector: its tasks stay but do nothing. */
    public void pause(String name) {
        send("PUT", connector(name) + "/pause", null);
    }

    /** Resumes a paused or stopped connector. */
    public void resume(String name) {
        send("PUT", connector(name) + "/resume", null);
    }

    /** Stops a connector: its tasks end. */
    public void stop(String name) {
        send("PUT", connector(name) + "/stop", null);
    }

    /**
     * Makes a stopped connector start from the beginning: a sink reads its topics again.
     *
     * @throws ConnectRestException also if it is not stopped
     */
    public void resetOffsets(String name) {
        send("DELETE", connector(name) + "/offsets", null);
    }

    /**
     * Restarts a connector and its tasks.
     *
     * @param onlyFailed whether those that run are left alone
     */
    public void restart(String name, boolean onlyFailed) {
        send("POST", connector(name) + "/restart?includeTasks=true&onlyFailed=" + onlyFailed, null);
    }

    /** Restarts a task. */
    public void restartTask(String name, int task) {
        send("POST", connector(name) + "/tasks/" + task + "/restart", null);
    }

    /** Returns the state of a connector and its tasks. Soon after its creation the worker may answer 404. */
    public ConnectorStatus status(String name) {
        JsonNode answer = send("GET", connector(name) + "/status", null);
        List<TaskStatus> tasks = new ArrayList<>();
        for (JsonNode task : answer.path("tasks")) {
            tasks.add(new TaskStatus(
                    task.path("id").asInt(), task.path("state").asText(), textOrNull(task.path("trace"))));
        }
        JsonNode connector = answer.path("connector");
        return new ConnectorStatus(
                answer.path("name").asText(),
                connector.path("state").asText(),
                textOrNull(connector.path("trace")),
                List.copyOf(tasks));
    }

    /** Asks a connector's class what it says about a configuration; {@code connector.class} is added. */
    public Validation validate(String pluginClass, Map<String, String> config) {
        Map<String, String> complete = new LinkedHashMap<>(config);
        complete.put("connector.class", pluginClass);
        JsonNode answer = send(
                "PUT", "/connector-plugins/" + encode(pluginClass) + "/config/validate", json.valueToTree(complete));
        Map<String, List<String>> errors = new LinkedHashMap<>();
        for (JsonNode setting : answer.path("configs")) {
            List<String> messages = new ArrayList<>();
            setting.path("value").path("errors").forEach(message -> messages.add(message.asText()));
            if (!messages.isEmpty()) {
                errors.put(setting.path("value").path("name").asText(), List.copyOf(messages));
            }
        }
        return new Validation(answer.path("error_count").asInt(), errors);
    }

    /** Returns the names of the connectors. */
    public List<String> connectors() {
        List<String> names = new ArrayList<>();
        send("GET", "/connectors", null).forEach(name -> names.add(name.asText()));
        return names;
    }

    /** Returns all plugins: connectors, converters, transforms and the rest. */
    public List<Plugin> plugins() {
        List<Plugin> plugins = new ArrayList<>();
        for (JsonNode plugin : send("GET", "/connector-plugins?connectorsOnly=false", null)) {
            plugins.add(new Plugin(
                    plugin.path("class").asText(), plugin.path("type").asText(), textOrNull(plugin.path("version"))));
        }
        return plugins;
    }

    /**
     * Sends a request as it is written.
     *
     * @param body JSON; null for none
     * @throws ConnectRestException if the worker refuses
     */
    public void request(String method, String path, @Nullable String body) {
        send(method, path, body == null ? null : parse(body));
    }

    private JsonNode send(String method, String path, @Nullable JsonNode body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(REQUEST_TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        String what = method + " " + path;
        long deadline = System.nanoTime() + REBALANCE_TIMEOUT.toNanos();
        try {
            while (true) {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                if (response.statusCode() < 300) {
                    return response.body().isBlank() ? MissingNode.getInstance() : parse(response.body());
                }
                String message = workerMessage(response.body());
                boolean rebalancing = response.statusCode() == CONFLICT && !message.contains("already exists");
                if (!rebalancing || System.nanoTime() > deadline) {
                    throw new ConnectRestException(what, response.statusCode(), message);
                }
                TimeUnit.MILLISECONDS.sleep(REBALANCE_POLL_MILLIS);
            }
        } catch (IOException e) {
            throw new TestbedException(what + " at " + url + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException(what + " was interrupted", e);
        }
    }

    private String workerMessage(String body) {
        try {
            return json.readTree(body).path("message").asText(body);
        } catch (JsonProcessingException notJson) {
            return body;
        }
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + text, e);
        }
    }

    private static String connector(String name) {
        return "/connectors/" + encode(name);
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static @Nullable String textOrNull(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }
}
