package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tandem.examples.Comparison;
import io.tandem.examples.ExamplePair;
import io.tandem.testbed.DatabaseServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Any number of databases that keep parcels aligned, beside the example pair and with its broker, worker and servers. The
 * connectors go when it is closed; the databases stay, under names that no other test uses.
 */
final class ParcelGroup implements AutoCloseable {

    private final ExamplePair pair;
    private final String aggregate;
    private final Map<String, String> login;
    private final Map<String, String> common = new HashMap<>();

    /**
     * @param aggregate what parcels are called here, different in every test class
     * @param settings for all connectors of the group
     */
    ParcelGroup(ExamplePair pair, String aggregate, Map<String, String> settings) {
        this.pair = pair;
        this.aggregate = aggregate;
        this.login = pair.settings("customer-modern-source");
        common.putAll(settings);
    }

    /** A new member in a database of its own. */
    Member member(String id, DatabaseServer server, ParcelTables tables) {
        Map<String, String> settings = new HashMap<>(tables.settings());
        settings.put("aggregate", aggregate);
        return Member.create(id, server, aggregate + "_" + id, tables, login("connection.user"), settings);
    }

    private String login(String setting) {
        return login.getOrDefault(setting, "");
    }

    String aggregate() {
        return aggregate;
    }

    String topic(Member member) {
        return "tandem." + aggregate + "." + member.id();
    }

    String source(Member member) {
        return aggregate + "-" + member.id() + "-source";
    }

    String sink(Member member) {
        return aggregate + "-" + member.id() + "-sink";
    }

    /** Creates a source connector, or gives it these masters. */
    void putSource(Member member, List<String> masters, String... more) {
        Map<String, String> config = sourceConfig(member, masters);
        add(config, more);
        put(source(member), config);
    }

    /** Creates a sink connector for what these others publish, or gives it these masters and topics. */
    void putSink(Member member, List<String> masters, List<Member> from, String... more) {
        Map<String, String> config = config(member, masters);
        config.put("connector.class", "io.tandem.connect.sink.AlignmentSinkConnector");
        config.put("topics", from.stream().map(this::topic).collect(Collectors.joining(",")));
        config.put("consumer.override.metadata.max.age.ms", "1000");
        config.put("consumer.override.auto.offset.reset", "earliest");
        config.put("transforms.mapping.type", "io.tandem.connect.transform.FromCanonical");
        add(config, more);
        put(sink(member), config);
    }

    private static void add(Map<String, String> config, String... more) {
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
    }

    private void put(String connector, Map<String, String> config) {
        pair.rest().put(connector, config);
        pair.awaitRunning(connector);
    }

    private Map<String, String> sourceConfig(Member member, List<String> masters) {
        Map<String, String> config = config(member, masters);
        config.put("connector.class", "io.tandem.connect.source.AlignmentSourceConnector");
        config.put("topic", topic(member));
        config.put("topic.creation.default.replication.factor", "-1");
        config.put("topic.creation.default.partitions", "1");
        config.put("topic.creation.default.cleanup.policy", "compact");
        config.put("transforms.mapping.type", "io.tandem.connect.transform.ToCanonical");
        return config;
    }

    private Map<String, String> config(Member member, List<String> masters) {
        Map<String, String> config = new HashMap<>(common);
        config.put("tasks.max", "1");
        config.put("master", member.id());
        config.put("masters", String.join(",", masters));
        config.put("connection.url", member.server().jdbcUrl(member.database()));
        config.put("connection.user", login("connection.user"));
        config.put("connection.password", login("connection.password"));
        config.put("aggregate", aggregate);
        config.put("clock.install", "create");
        config.put("transforms", "mapping");
        config.put("transforms.mapping.mapping", member.tables().mapping(aggregate, member.id()));
        config.put("transforms.mapping.schema", ParcelTables.CANONICAL);
        config.putAll(member.tables().settings());
        return config;
    }

    /**
     * Waits until all members show the same data and the same versions, and no master has anything to publish.
     *
     * @param masters those whose writes count, first of them the one with which the others are compared
     * @param followers members of which nothing counts
     */
    void awaitAligned(List<Member> masters, Member... followers) {
        List<String> ids = masters.stream().map(Member::id).toList();
        await("all members of " + aggregate + " are aligned")
                .atMost(Await.LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .failFast(pair::requireNoFailure)
                .untilAsserted(() -> {
                    for (Member master : masters) {
                        assertThat(master.pending(aggregate)).as(master.id()).isEqualTo("0");
                        assertSame(masters.get(0), master, ids);
                    }
                    for (Member follower : followers) {
                        assertSame(masters.get(0), follower, ids);
                    }
                });
        assertNoAlarm();
    }

    /** Waits until a member shows the data and the versions of another one. */
    void awaitSame(Member shown, Member member, List<String> masters) {
        await(member.id() + " shows what " + shown.id() + " does")
                .atMost(Await.LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .failFast(pair::requireNoFailure)
                .untilAsserted(() -> assertSame(shown, member, masters));
    }

    private void assertSame(Member shown, Member member, List<String> masters) {
        assertThat(member.versions(aggregate, masters)).as(member.id()).isEqualTo(shown.versions(aggregate, masters));
        assertThat(Comparison.compare(aggregate, comparable(shown, masters), comparable(member, masters))
                        .differing())
                .as(member.id())
                .isEmpty();
    }

    /** The settings to read a member with, as if it was a master also where it only follows. */
    private Map<String, String> comparable(Member member, List<String> masters) {
        Map<String, String> config = sourceConfig(member, masters);
        config.put("master", masters.get(0));
        return config;
    }

    private void assertNoAlarm() {
        assertThat(log()).noneMatch(line -> line.contains("ALARM " + aggregate + " "));
    }

    /** What the worker has logged. */
    List<String> log() {
        try {
            return Files.readAllLines(pair.worker().log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lets the applications of these masters write the same parcels at the same time.
     *
     * @param parcels how many parcels, from number 1 on
     * @param versions how many versions of its own each master makes of them at least
     */
    void writeAll(long parcels, long versions, Member... masters) {
        Map<Member, Long> goals = new HashMap<>();
        List.of(masters).forEach(master -> goals.put(master, master.ownVersions(aggregate) + versions));
        ParcelTraffic[] traffic = goals.keySet().stream()
                .map(master -> new ParcelTraffic(master, parcels))
                .toArray(ParcelTraffic[]::new);
        ParcelTraffic.start(traffic);
        try {
            await("every master makes versions")
                    .atMost(Await.LIMIT)
                    .failFast(pair::requireNoFailure)
                    .untilAsserted(() -> goals.forEach((master, goal) -> assertThat(master.ownVersions(aggregate))
                            .as(master.id())
                            .isGreaterThanOrEqualTo(goal)));
        } finally {
            ParcelTraffic.stop(traffic);
        }
        ParcelTraffic.join(traffic);
    }

    @Override
    public void close() {
        for (String connector : pair.rest().connectors()) {
            if (connector.startsWith(aggregate + "-")) {
                pair.rest().delete(connector);
            }
        }
    }
}
