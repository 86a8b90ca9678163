package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class RecordSizeTest {

    private static final Schema LINE = SchemaBuilder.struct()
            .field("text", Schema.STRING_SCHEMA)
            .field("picture", Schema.OPTIONAL_BYTES_SCHEMA)
            .build();
    private static final Schema ORDER = SchemaBuilder.struct()
            .field("number", Schema.INT64_SCHEMA)
            .field("lines", SchemaBuilder.array(LINE).build())
            .build();

    @Test
    void counts_texts_and_bytes_at_every_depth() {
        Struct one = new Struct(LINE).put("text", "x".repeat(700)).put("picture", new byte[300]);
        Struct two = new Struct(LINE).put("text", "x".repeat(50));
        Struct order = new Struct(ORDER).put("number", 1L).put("lines", List.of(one, two));
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), "orders", ORDER, order);

        assertThat(RecordSize.of(record)).isEqualTo(700 + 300 + 50 + 8);
    }
}
