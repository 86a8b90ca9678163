package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.examples.ExamplePair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three masters, two PostgreSQL and one MariaDB, each with a source and a sink that reads the topics of the two others. */
@ExtendWith(PairExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeMastersIT {

    private static final List<String> MASTERS = List.of("north", "south", "east");

    private final ParcelGroup group;
    private final Member north;
    private final Member south;
    private final Member east;

    ThreeMastersIT(ExamplePair pair) {
        group = new ParcelGroup(pair, "three", Map.of());
        north = group.member("north", pair.modern().server(), ParcelTables.PARCEL);
        south = group.member("south", pair.modern().server(), ParcelTables.SHIPMENT);
        east = group.member("east", pair.legacy().server(), ParcelTables.OLD);
    }

    @AfterAll
    void stop() {
        group.close();
    }

    @Test
    void what_all_three_write_at_once_ends_alike_on_all_three() {
        List<Member> all = List.of(north, south, east);
        all.forEach(member -> group.putSource(member, MASTERS));
        // nobody knows of the others' writes: conflicts on every key, of which the last write wins
        for (Member member : List.of(south, east, north)) {
            for (long number = 101; number <= 105; number++) {
                member.run(
                        member.tables().insert(number, "first of " + member.id()),
                        member.tables().addStop(number, 1, member.id()));
            }
        }
        east.run(east.tables().delete(101));
        group.putSink(north, MASTERS, List.of(south, east));
        group.putSink(south, MASTERS, List.of(north, east));
        group.putSink(east, MASTERS, List.of(north, south));
        group.awaitAligned(all);
        for (Member member : all) {
            assertThat(member.label(101)).as(member.id()).isEmpty();
            assertThat(member.label(105)).as(member.id()).containsExactly("first of north");
        }
        assertThat(group.log()).anyMatch(line -> line.contains("CONFLICT three 105: "));

        group.writeAll(15, 150, north, south, east);
        group.awaitAligned(all);

        // deleted on the second, inserted again on the third, changed on the first
        south.run(south.tables().delete(102));
        group.awaitAligned(all);
        assertThat(east.label(102)).isEmpty();
        east.run(east.tables().insert(102, "again"), east.tables().addStop(102, 9, "Lima"));
        group.awaitAligned(all);
        north.run(north.tables().moveStop(102, 9, "Oslo"));
        group.awaitAligned(all);
        assertThat(south.query(
                        "SELECT title, seq, place FROM shipment JOIN halt ON shipment = number WHERE number = 102"))
                .containsExactly("again|9|Oslo");
        assertThat(south.versions(group.aggregate(), MASTERS))
                .anyMatch(version -> version.matches("102\\|2\\|2\\|2\\|\\d+\\|north\\|there"));
    }
}
