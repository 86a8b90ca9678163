package io.tandem.clock.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The file of vectors is what the core answers, and the histories in it end as they must. */
class ConformanceVectorsTest {

    private static final String UPDATE = "update.reference";

    // the module's folder is the working directory of its tests
    private static final Path FILE = Path.of("conformance", "vectors.json");

    private static List<Vector> vectors() {
        List<Vector> vectors = new ArrayList<>();
        vectors.addAll(CompareVectors.all());
        vectors.addAll(LocalWriteVectors.all());
        vectors.addAll(PolicyVectors.all());
        vectors.addAll(ReceivingVectors.all());
        vectors.addAll(ReconcileVectors.all());
        Sequences.sound().forEach(sequence -> vectors.add(sequence.vector()));
        Sequences.broken().forEach(sequence -> vectors.add(sequence.vector()));
        return vectors;
    }

    @Test
    void theFileHoldsWhatTheCoreAnswers() throws IOException {
        String expected = vectors().stream().map(Vector::line).collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(FILE, expected);
        }

        assertThat(Files.readString(FILE))
                .as("the vectors in " + FILE + "; to rewrite them, run this test with -D" + UPDATE + "=true")
                .isEqualTo(expected);
    }

    @Test
    void everyVectorHasAnIdOfItsOwn() {
        assertThat(vectors()).extracting(Vector::id).doesNotHaveDuplicates();
    }

    @Test
    void theMastersOfASoundSequenceEndAlikeWithoutAnAlarm() {
        for (Sequence sequence : Sequences.sound()) {
            assertThat(sequence.agreed()).as(sequence.name()).isNotNull();
            assertThat(sequence.raisedAlarm()).as(sequence.name()).isFalse();
        }
    }

    @Test
    void mastersWhoseCountersWentBackRaiseAnAlarm() {
        for (Sequence sequence : Sequences.broken()) {
            assertThat(sequence.raisedAlarm()).as(sequence.name()).isTrue();
        }
    }
}
