package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tandem.examples.ExamplePair;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A third master joins a pair that runs: first it takes all that the pair's compacted topics hold, which touches nobody;
 * then the pair learns of it, sinks before sources, while it goes on; then its own writes travel.
 */
@ExtendWith(PairExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateJoinerIT {

    private static final List<String> PAIR = List.of("north", "east");
    private static final List<String> ALL = List.of("north", "east", "south");
    private static final int PARCELS = 15;

    // so that there are soon old segments, which are the ones that are compacted
    private static final String[] SMALL_SEGMENTS = {
        "topic.creation.default.segment.ms", "200", "topic.creation.default.min.cleanable.dirty.ratio", "0.01"
    };

    private final ExamplePair pair;
    private final ParcelGroup group;
    private final Member north;
    private final Member east;
    private final Member south;

    LateJoinerIT(ExamplePair pair) {
        this.pair = pair;
        group = new ParcelGroup(pair, "late", Map.of());
        north = group.member("north", pair.modern().server(), ParcelTables.PARCEL);
        east = group.member("east", pair.legacy().server(), ParcelTables.OLD);
        south = group.member("south", pair.modern().server(), ParcelTables.SHIPMENT);
    }

    @AfterAll
    void stop() {
        group.close();
    }

    @Test
    void a_third_master_joins_a_pair_with_compacted_topics() {
        alignThePair();
        awaitCompaction();
        takeAllWithoutTouchingThePair();

        // noted, and for the time being nobody's business
        south.run(south.tables().rename(102, "of south"), south.tables().insert(201, "of south"));
        ParcelTraffic[] traffic = {new ParcelTraffic(north, PARCELS), new ParcelTraffic(east, PARCELS)};
        ParcelTraffic.start(traffic);
        try {
            tellThePair();
            group.putSource(south, ALL, SMALL_SEGMENTS);
            group.writeAll(PARCELS, 50, south);
        } finally {
            ParcelTraffic.stop(traffic);
        }
        ParcelTraffic.join(traffic);

        group.awaitAligned(List.of(north, east, south));
        for (Member member : List.of(north, east)) {
            assertThat(member.label(102)).as(member.id()).containsExactly("of south");
            assertThat(member.label(201)).as(member.id()).containsExactly("of south");
        }
    }

    private void alignThePair() {
        group.putSource(north, PAIR, SMALL_SEGMENTS);
        group.putSource(east, PAIR, SMALL_SEGMENTS);
        for (Member member : List.of(north, east)) {
            for (long number = 101; number <= 105; number++) {
                member.run(
                        member.tables().insert(number, "first of " + member.id()),
                        member.tables().addStop(number, 1, member.id()));
            }
        }
        group.putSink(north, PAIR, List.of(east));
        group.putSink(east, PAIR, List.of(north));
        group.writeAll(PARCELS, 150, north, east);
        north.run(north.tables().delete(101));
        group.awaitAligned(List.of(north, east));
    }

    /** Waits until the records that others have superseded are gone. What is written last is never compacted. */
    private void awaitCompaction() {
        try (Topics topics = new Topics(pair)) {
            for (Member member : List.of(north, east)) {
                String topic = group.topic(member);
                long sent =
                        topics.endOffsets(List.of(topic)).values().iterator().next();
                Set<Long> last = lastOffsets(topics.records(topic));
                assertThat(sent).isGreaterThan(2L * last.size());
                await(topic + " is compacted")
                        .atMost(Await.LIMIT)
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> {
                            member.run(member.tables().rename(105, "at " + System.nanoTime()));
                            return topics.records(topic).stream()
                                    .map(ConsumerRecord::offset)
                                    .filter(offset -> offset < sent)
                                    .allMatch(last::contains);
                        });
            }
        }
        group.awaitAligned(List.of(north, east));
    }

    /** Of each key the offset of its last record. */
    private static Set<Long> lastOffsets(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<ByteBuffer, Long> last = new HashMap<>();
        records.forEach(record -> last.put(ByteBuffer.wrap(record.key()), record.offset()));
        return Set.copyOf(last.values());
    }

    private void takeAllWithoutTouchingThePair() {
        List<Object> before = thePair();

        group.putSink(south, ALL, List.of(north, east));
        group.awaitSame(north, south, PAIR);

        assertThat(thePair()).isEqualTo(before);
        assertThat(south.versions(group.aggregate(), ALL))
                .isNotEmpty()
                .allMatch(version -> version.matches("\\d+\\|\\d+\\|\\d+\\|0\\|.*"))
                .anyMatch(version -> version.startsWith("101|") && version.endsWith("|deleted"));
    }

    /** The connectors, topics and clocks of the first two. */
    private List<Object> thePair() {
        try (Topics topics = new Topics(pair)) {
            String clocks = "SELECT * FROM tandem_" + group.aggregate() + "_clock ORDER BY 1";
            return List.of(
                    Stream.of(group.source(north), group.sink(north), group.source(east), group.sink(east))
                            .map(connector -> pair.rest().config(connector))
                            .toList(),
                    topics.endOffsets(List.of(group.topic(north), group.topic(east))),
                    north.query(clocks),
                    east.query(clocks));
        }
    }

    /** Gives the pair the longer list: first its sinks, together with the topic of the third, then its sources. */
    private void tellThePair() {
        group.putSink(north, ALL, List.of(east, south));
        group.putSink(east, ALL, List.of(north, south));
        for (Member member : List.of(north, east)) {
            await("the clock table of " + member.id() + " counts the third master")
                    .atMost(Await.LIMIT)
                    .until(() -> !member.query(
                                    "SELECT 1 FROM information_schema.columns WHERE column_name = 'clock_south' "
                                            + "AND table_name = 'tandem_" + group.aggregate() + "_clock'")
                            .isEmpty());
        }
        // sinks with the longer list take what sources with the shorter one send
        north.run(north.tables().rename(103, "meanwhile"));
        await("a record under the shorter list arrives")
                .atMost(Await.LIMIT)
                .failFast(pair::requireNoFailure)
                .until(() -> east.label(103), List.of("meanwhile")::equals);

        group.putSource(north, ALL, SMALL_SEGMENTS);
        group.putSource(east, ALL, SMALL_SEGMENTS);
        try (Topics topics = new Topics(pair)) {
            for (Member member : List.of(north, east)) {
                await(group.source(member) + " sends under the longer list")
                        .atMost(Await.LIMIT)
                        .pollInterval(Duration.ofMillis(500))
                        .failFast(pair::requireNoFailure)
                        .until(() -> topics.records(group.topic(member)).stream()
                                .map(record -> new String(record.value(), StandardCharsets.ISO_8859_1))
                                .anyMatch(value -> value.contains("timestamp:north,east,south")));
            }
        }
    }
}
