package io.tandem.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The example files, as they lie in this module's resources. Stateless and thread-safe. */
public final class Examples {

    /** The names of the connectors, in the order in which the demo creates them: each is a file to POST. */
    public static final List<String> CONNECTORS = List.of(
            "customer-legacy-source",
            "customer-modern-source",
            "customer-legacy-sink",
            "customer-modern-sink",
            "order-legacy-source",
            "order-modern-source",
            "order-legacy-sink",
            "order-modern-sink");

    /** The files that the connectors read through the worker's directory provider. */
    public static final List<String> DOCUMENTS = List.of(
            "mappings/customer.legacy.json",
            "mappings/customer.modern.json",
            "mappings/order.legacy.json",
            "mappings/order.modern.json",
            "canonical/customer.avsc",
            "canonical/order.avsc");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(file|directory):tandem/([^:}]+):([^}]+)}");

    private Examples() {}

    /** The text of a file below {@code examples/}. */
    public static String text(String name) {
        try (InputStream resource = Examples.class.getResourceAsStream("/examples/" + name)) {
            if (resource == null) {
                throw new IllegalArgumentException("there is no example file " + name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the example file " + name, e);
        }
    }

    /** A connector's file as it is POSTed: its name and its settings, with the variables of the config providers. */
    public static JsonNode connector(String name) {
        try {
            return JSON.readTree(text("connectors/" + name + ".json"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the example file of connector " + name + " is not JSON", e);
        }
    }

    /** A properties file below {@code examples/}. */
    public static Map<String, String> properties(String name) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> map = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
        return map;
    }

    /**
     * A connector's settings as its task gets them: the variables replaced as the config providers would.
     *
     * @param secrets gives the content of {@code tandem/<name>.properties} for {@code <name>.properties}
     */
    public static Map<String, String> settings(String connector, UnaryOperator<String> secrets) {
        Map<String, String> settings = new HashMap<>();
        connector(connector)
                .get("config")
                .properties()
                .forEach(entry ->
                        settings.put(entry.getKey(), resolve(entry.getValue().asText(), secrets)));
        return settings;
    }

    private static String resolve(String value, UnaryOperator<String> secrets) {
        Matcher variable = VARIABLE.matcher(value);
        if (!variable.matches()) {
            return value;
        }
        if (variable.group(1).equals("directory")) {
            return text(variable.group(2) + "/" + variable.group(3));
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(secrets.apply(variable.group(2))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty(variable.group(3), "");
    }
}
