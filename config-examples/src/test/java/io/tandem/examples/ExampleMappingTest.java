package io.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mapping runs forth and back, on the columns that the DDL files declare. */
class ExampleMappingTest {

    @ParameterizedTest
    @MethodSource("io.tandem.examples.ExampleFilesTest#mappings")
    void what_a_mapping_takes_to_the_canonical_form_it_takes_back(ExampleMapping mapping) {
        SourceRecord local = mapping.local();

        SourceRecord back = mapping.fromCanonical(mapping.toCanonical(local));

        assertThat(ExampleMapping.data(back).schema().fields()).hasSizeGreaterThan(5);
        assertContained(ExampleMapping.data(back), ExampleMapping.data(local));
        assertContained((Struct) back.key(), (Struct) local.key());
    }

    /** What is mapped has the value that it had; columns that are not mapped are absent. */
    private static void assertContained(Struct part, Struct whole) {
        for (Field field : part.schema().fields()) {
            if (part.get(field) instanceof List<?> rows) {
                List<?> all = whole.getArray(field.name());
                assertThat(rows).as(field.name()).hasSameSizeAs(all).isNotEmpty();
                for (int i = 0; i < rows.size(); i++) {
                    assertContained((Struct) rows.get(i), (Struct) all.get(i));
                }
            } else {
                assertThat(part.get(field)).as(field.name()).isEqualTo(whole.get(field.name()));
            }
        }
    }

    @Test
    void both_masters_make_the_same_record_of_the_same_aggregate() {
        assertThat(ExampleFilesTest.AGGREGATES).allSatisfy(aggregate -> {
            SourceRecord legacy = canonical(new ExampleMapping(aggregate, "legacy"));
            SourceRecord modern = canonical(new ExampleMapping(aggregate, "modern"));

            assertThat(legacy.valueSchema()).isEqualTo(modern.valueSchema());
            assertThat(legacy.keySchema()).isEqualTo(modern.keySchema());
            assertThat(legacy.key()).isEqualTo(modern.key());
            assertThat(ExampleMapping.data(legacy)).isEqualTo(ExampleMapping.data(modern));
        });
    }

    private static SourceRecord canonical(ExampleMapping mapping) {
        return mapping.toCanonical(mapping.local());
    }
}
