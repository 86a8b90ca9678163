package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Has the registry check the schemas of all subjects for BACKWARD compatibility, until it is closed. */
final class RegistryRule implements AutoCloseable {

    private final SchemaRegistry registry;

    private RegistryRule(SchemaRegistry registry) {
        this.registry = registry;
    }

    static RegistryRule backward(SchemaRegistry registry) {
        RegistryRule rule = new RegistryRule(registry);
        rule.set("BACKWARD");
        return rule;
    }

    private void set(String compatibility) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.ccompatUrl() + "/config"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\": \"" + compatibility + "\"}"))
                .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the registry was told its rule", e);
        }
    }

    @Override
    public void close() {
        set("NONE");
    }
}
