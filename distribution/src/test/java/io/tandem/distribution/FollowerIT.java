package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tandem.examples.ExamplePair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database with a sink only, which takes the writes of two masters that are in conflict with each other. */
@ExtendWith(PairExtension.class)
class FollowerIT {

    private static final List<String> MASTERS = List.of("north", "east");

    private final ExamplePair pair;

    FollowerIT(ExamplePair pair) {
        this.pair = pair;
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "priority"})
    void a_follower_shows_what_the_masters_show(String policy) {
        try (ParcelGroup group = new ParcelGroup(pair, "follow_" + policy, Map.of("conflict.policy", policy))) {
            Member north = group.member("north", pair.modern().server(), ParcelTables.PARCEL);
            Member east = group.member("east", pair.legacy().server(), ParcelTables.OLD);
            Member copy = group.member("copy", pair.modern().server(), ParcelTables.SHIPMENT);
            List<Member> masters = List.of(north, east);
            masters.forEach(member -> group.putSource(member, MASTERS));
            // conflicts for certain: nobody knows of the other's writes
            for (Member member : List.of(north, east)) {
                for (long number = 101; number <= 105; number++) {
                    member.run(member.tables().insert(number, "first of " + member.id()));
                }
            }
            group.putSink(copy, MASTERS, masters, "sink.follower", "true");
            group.putSink(north, MASTERS, List.of(east));
            group.putSink(east, MASTERS, List.of(north));
            group.awaitAligned(masters, copy);
            String winner = policy.equals("timestamp") ? "east" : "north";
            assertThat(copy.label(105)).containsExactly("first of " + winner);

            group.writeAll(15, 150, north, east);
            north.run(north.tables().delete(101));
            group.awaitAligned(masters, copy);
            assertThat(copy.label(101)).isEmpty();
            assertThat(copy.query("SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'tandem%'"))
                    .containsExactlyInAnyOrder(
                            "tandem_" + group.aggregate() + "_clock", "tandem_" + group.aggregate() + "_ledger");
            assertThat(copy.query("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"))
                    .isEmpty();

            // nothing that is written to it travels, and the next record of the parcel replaces it
            copy.run(copy.tables().rename(105, "by hand"), copy.tables().insert(101, "by hand"));
            east.run(east.tables().rename(104, "next"));
            await().atMost(Await.LIMIT).until(() -> copy.label(104), List.of("next")::equals);
            assertThat(north.label(105)).containsExactly("first of " + winner);
            assertThat(north.label(101)).isEmpty();
            east.run(east.tables().rename(105, "next"), east.tables().insert(101, "next"));
            group.awaitAligned(masters, copy);
            assertThat(copy.label(105)).containsExactly("next");
            assertThat(copy.label(101)).containsExactly("next");
        }
    }
}
