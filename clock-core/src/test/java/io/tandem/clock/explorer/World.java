package io.tandem.clock.explorer;

import io.tandem.clock.ConflictPolicy;
import io.tandem.clock.Masters;
import io.tandem.clock.PriorityPolicy;
import io.tandem.clock.TimestampPolicy;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The bounds of a world: who takes part, what may happen, and how often. One aggregate is enough, since aggregates have
 * nothing in common. Immutable.
 *
 * <p>{@code -Dexplorer.writes=+1} allows one write more in every world that is to pass (any number will do). That takes
 * more time and memory.
 */
final class World {

    /** No participant. */
    static final int NOBODY = -1;

    private static final List<String> MASTERS = List.of("legacy", "modern", "branch");

    private String name;
    private List<String> participants;
    private ConflictPolicy policy;
    private List<Integer> writes;
    private int totalWrites;
    private List<Integer> wallClocks = List.of(10, 11);
    private boolean deletes;
    private int batch = 1;
    private int crashes;
    private int rewinds;
    private int skips;
    private int compactedFor = NOBODY;
    private int restored = NOBODY;
    private boolean stepsApart;

    private World(String name, List<String> participants, ConflictPolicy policy, int writesEach, int totalWrites) {
        this.name = name;
        this.participants = participants;
        this.policy = policy;
        this.writes = Collections.nCopies(participants.size(), writesEach);
        this.totalWrites = totalWrites;
    }

    private World(World other) {
        this.name = other.name;
        this.participants = other.participants;
        this.policy = other.policy;
        this.writes = other.writes;
        this.totalWrites = other.totalWrites;
        this.wallClocks = other.wallClocks;
        this.deletes = other.deletes;
        this.batch = other.batch;
        this.crashes = other.crashes;
        this.rewinds = other.rewinds;
        this.skips = other.skips;
        this.compactedFor = other.compactedFor;
        this.restored = other.restored;
        this.stepsApart = other.stepsApart;
    }

    private World with(Consumer<World> change) {
        World copy = new World(this);
        change.accept(copy);
        return copy;
    }

    /** Two masters by timestamp and nothing out of the ordinary; the name is without spaces. */
    static World ofTwo(String name, int writesEach, int totalWrites) {
        List<String> masters = MASTERS.subList(0, 2);
        return new World(name, masters, new TimestampPolicy(new Masters(masters)), writesEach, totalWrites);
    }

    /** Three masters by timestamp. */
    static World ofThree(String name, int writesEach, int totalWrites) {
        return new World(name, MASTERS, new TimestampPolicy(new Masters(MASTERS)), writesEach, totalWrites);
    }

    /** Two masters of which the first wins every conflict. */
    static World ofTwoByPriority(String name, int writesEach, int totalWrites) {
        List<String> masters = MASTERS.subList(0, 2);
        return new World(name, masters, new PriorityPolicy(new Masters(masters)), writesEach, totalWrites);
    }

    /** What the wall clock may show at a write; any of it at any write, so it stands still and goes back. */
    World at(Integer... clocks) {
        return with(world -> world.wallClocks = List.of(clocks));
    }

    /** With a bound of its own for each participant. */
    World writing(Integer... numbers) {
        return with(world -> world.writes = List.of(numbers));
    }

    /** Writes may be deletes. */
    World withDeletes() {
        return with(world -> world.deletes = true);
    }

    /** Sinks may take so many records at once. */
    World inBatchesOf(int size) {
        return with(world -> world.batch = size);
    }

    /** Sources crash so often; where {@link #stepsApart()}, sources or sinks. */
    World withCrashes(int number) {
        return with(world -> world.crashes = number);
    }

    /** Consumers are put back to an earlier position so often. */
    World withRewinds(int number) {
        return with(world -> world.rewinds = number);
    }

    /** So many records are put aside and taken later. */
    World withDeadLetters(int number) {
        return with(world -> world.skips = number);
    }

    /** The database of this master is backed up once and restored once. */
    World restoring(int master) {
        return with(world -> world.restored = master);
    }

    /** Reading, sending, acknowledging and committing are steps of their own, see {@link SourceSteps}. */
    World inSingleSteps() {
        return with(world -> world.stepsApart = true);
    }

    /** With a participant more that never writes. */
    World withFollower() {
        return withParticipant("follower", 0);
    }

    /** With a participant more that joins late: it reads compacted topics, and may write as well. */
    World withLateJoiner(int itsWrites) {
        return withParticipant("joiner", itsWrites).with(world -> world.compactedFor = participants.size());
    }

    private World withParticipant(String participant, int itsWrites) {
        return with(world -> {
            world.participants =
                    Stream.concat(participants.stream(), Stream.of(participant)).toList();
            world.writes = Stream.concat(writes.stream(), Stream.of(itsWrites)).toList();
        });
    }

    /** With more writes by everyone who writes at all. */
    World withMoreWrites(int more) {
        return with(world -> {
            world.totalWrites = totalWrites + more;
            world.writes = writes.stream()
                    .map(bound -> bound == 0 ? 0 : Math.min(Data.MAX_WRITES, bound + more))
                    .toList();
        });
    }

    /** With another policy. */
    World by(ConflictPolicy another) {
        return with(world -> world.policy = another);
    }

    List<String> participants() {
        return participants;
    }

    ConflictPolicy policy() {
        return policy;
    }

    /** How often each participant may write at most. */
    List<Integer> writes() {
        return writes;
    }

    /** How often all together may write. */
    int totalWrites() {
        return totalWrites;
    }

    List<Integer> wallClocks() {
        return wallClocks;
    }

    boolean deletes() {
        return deletes;
    }

    int batch() {
        return batch;
    }

    int crashes() {
        return crashes;
    }

    int rewinds() {
        return rewinds;
    }

    int skips() {
        return skips;
    }

    /** Who reads topics from which any record may be missing that has a successor, or {@link #NOBODY}. */
    int compactedFor() {
        return compactedFor;
    }

    /** Whose database is restored, or {@link #NOBODY}. */
    int restored() {
        return restored;
    }

    boolean stepsApart() {
        return stepsApart;
    }

    @Override
    public String toString() {
        return name;
    }
}
