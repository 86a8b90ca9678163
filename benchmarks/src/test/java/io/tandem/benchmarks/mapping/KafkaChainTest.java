package io.tandem.benchmarks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.record.AlignmentSchema;
import io.tandem.connect.transform.FromCanonical;
import io.tandem.connect.transform.ToCanonical;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** A ratio means something only if both sides do the same. */
class KafkaChainTest {

    private final Customer customer = Customer.load();

    private SourceRecord mapped(Transformation<SourceRecord> transform, SourceRecord input) {
        transform.configure(Map.of("mapping", customer.mapping(), "schema", customer.schema()));
        return transform.apply(input);
    }

    /** Scalars by name; a name is followed by its type. */
    private static Map<String, Object> scalars(Struct struct) {
        Map<String, Object> scalars = new LinkedHashMap<>();
        for (Field field : struct.schema().fields()) {
            if (field.schema().type() != Schema.Type.ARRAY) {
                scalars.put(field.name() + " " + field.schema().type(), struct.get(field));
            }
        }
        return scalars;
    }

    @Test
    void gives_the_same_local_columns_as_the_mapping() {
        SourceRecord ours = mapped(new FromCanonical<>(), customer.alignmentRecord());
        SourceRecord theirs = KafkaChain.fromCanonical().apply(customer.plainRecord());

        Map<String, Object> columns = scalars(((Struct) ours.value()).getStruct(AlignmentSchema.DATA));
        assertThat(columns).hasSize(20).isEqualTo(scalars((Struct) theirs.value()));
        assertThat(scalars((Struct) ours.key())).isEqualTo(scalars((Struct) theirs.key()));
    }

    @Test
    void both_lead_back_to_the_record_that_was_measured() {
        SourceRecord canonical = customer.alignmentRecord();
        SourceRecord ours = mapped(new ToCanonical<>(), mapped(new FromCanonical<>(), canonical));
        SourceRecord theirs =
                KafkaChain.toCanonical().apply(KafkaChain.fromCanonical().apply(customer.plainRecord()));

        assertThat(ours.value()).isEqualTo(canonical.value());
        Struct flat = (Struct) theirs.value();
        Struct data = (Struct) customer.plainRecord().value();
        assertThat(flat.get("customerNumber")).isEqualTo(data.get("customerNumber"));
        assertThat(flat.get("home_zip")).isEqualTo(data.getStruct("home").get("zip"));
        assertThat(flat.get("active")).isEqualTo(data.get("active"));
        assertThat(flat.get("rating")).isEqualTo(data.get("rating"));
        assertThat(flat.get("contracts")).isEqualTo(data.get("contracts"));
    }
}
