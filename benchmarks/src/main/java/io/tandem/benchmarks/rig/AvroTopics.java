package io.tandem.benchmarks.rig;

import io.tandem.examples.ExamplePair;
import io.tandem.testbed.TestbedHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.storage.Converter;

/** Fills topics with records, written by the converter with which the worker reads them. For one thread. */
public final class AvroTopics implements AutoCloseable {

    private static final String CONVERTER = "io.apicurio.registry.utils.converter.AvroConverter";

    private final String bootstrapServers;
    private final URLClassLoader loader;
    private final Converter keys;
    private final Converter values;
    private final Set<String> filled = new HashSet<>();

    /** Loads the worker's converter. */
    public AvroTopics(ExamplePair pair) {
        this.bootstrapServers = pair.broker().bootstrapServers();
        this.loader = new URLClassLoader(jars(), AvroTopics.class.getClassLoader());
        Map<String, String> settings = Map.of(
                "apicurio.registry.url", pair.registry().v2Url(),
                "apicurio.registry.auto-register", "true",
                "apicurio.registry.auto-register.if-exists", "RETURN_OR_UPDATE",
                "apicurio.registry.as-confluent", "true",
                "apicurio.registry.headers.enabled", "false",
                "apicurio.registry.use-id", "contentId");
        this.keys = converter(settings, true);
        this.values = converter(settings, false);
    }

    private Converter converter(Map<String, String> settings, boolean isKey) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // the converter looks for its own parts there, as it may in a worker
        thread.setContextClassLoader(loader);
        try {
            Converter converter =
                    (Converter) loader.loadClass(CONVERTER).getConstructor().newInstance();
            converter.configure(settings, isKey);
            return converter;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot load " + CONVERTER, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] jars() {
        try (Stream<Path> files = Files.walk(TestbedHome.find().converterPluginPath())) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(AvroTopics::url)
                    .toArray(URL[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A record's key and value. */
    public record Entry(Struct key, Struct value) {}

    /**
     * Creates a topic with these records, unless it was filled before.
     *
     * @param entries is closed
     */
    public void fill(String topic, int partitions, Stream<Entry> entries) {
        try (entries) {
            if (filled.add(topic)) {
                create(topic, partitions);
                send(topic, entries);
            }
        }
    }

    /** A record as the worker would write it. */
    public ProducerRecord<byte[], byte[]> encoded(String topic, Entry entry) {
        return new ProducerRecord<>(
                topic,
                keys.fromConnectData(topic, entry.key().schema(), entry.key()),
                values.fromConnectData(topic, entry.value().schema(), entry.value()));
    }

    /** Creates an empty topic. */
    public void create(String topic, int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("cannot create " + topic, e);
        }
    }

    private void send(String topic, Stream<Entry> entries) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("linger.ms", "20");
        settings.put("batch.size", "200000");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    entries.map(entry -> producer.send(encoded(topic, entry))).toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("cannot fill " + topic, e);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
