package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.record.SemanticTypes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example mappings of the two masters, against each other. */
class ExampleMappingsTest {

    private static final Path EXAMPLES = Path.of("..", "config-examples", "src", "main", "resources", "examples");
    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;
    private static final Schema LOCAL_MICROS =
            SemanticTypes.int64(SemanticTypes.LOCAL_MICRO_TIMESTAMP).build();
    private static final List<String> TEXT_COLUMNS = List.of(
            "ADDR1_STREET",
            "ADDR1_ZIP",
            "ADDR1_CITY",
            "ADDR1_COUNTRY",
            "ADDR2_STREET",
            "ADDR2_ZIP",
            "ADDR2_CITY",
            "ADDR2_COUNTRY",
            "PHONE1",
            "PHONE2",
            "PHONE3");

    private static String read(String file) throws IOException {
        return Files.readString(EXAMPLES.resolve(file));
    }

    private static Transformation<SourceRecord> configured(
            Transformation<SourceRecord> transformation, String aggregate, String master) throws IOException {
        transformation.configure(Map.of(
                "mapping", read("mappings/" + aggregate + "." + master + ".json"),
                "schema", read("canonical/" + aggregate + ".avsc")));
        return transformation;
    }

    private static SourceRecord publish(String aggregate, String master, SourceRecord local) throws IOException {
        return configured(new ToCanonical<>(), aggregate, master).apply(local);
    }

    private static SourceRecord receive(String aggregate, String master, SourceRecord canonical) throws IOException {
        return configured(new FromCanonical<>(), aggregate, master).apply(canonical);
    }

    private static SourceRecord local(String keyColumn, Struct data) {
        Schema schema = SchemaBuilder.struct()
                .field(keyColumn, data.schema().field(keyColumn).schema())
                .build();
        return Sample.record(new Struct(schema).put(keyColumn, data.get(keyColumn)), data);
    }

    private static Struct legacyCustomer() {
        SchemaBuilder schema = SchemaBuilder.struct()
                .name("legacy.customer")
                .optional()
                .field("CUST_NO", Decimal.schema(0))
                .field("LAST_NAME", Schema.STRING_SCHEMA)
                .field("FIRST_NAME", TEXT)
                .field("STATUS", Schema.STRING_SCHEMA)
                .field("BIRTH_DATE", TEXT)
                .field("CREDIT_LIMIT", Decimal.schema(2))
                .field("NEWSLETTER", Schema.STRING_SCHEMA);
        TEXT_COLUMNS.forEach(column -> schema.field(column, TEXT));
        return new Struct(schema.field("ENTRY_USER", Schema.STRING_SCHEMA).build())
                .put("CUST_NO", new BigDecimal("4711"))
                .put("LAST_NAME", "Müller")
                .put("STATUS", "A")
                .put("BIRTH_DATE", "19700131")
                .put("CREDIT_LIMIT", new BigDecimal("1500.00"))
                .put("NEWSLETTER", "N")
                .put("ENTRY_USER", "BATCH");
    }

    static Stream<Struct> legacyCustomers() {
        return Stream.of(
                legacyCustomer(),
                legacyCustomer().put("BIRTH_DATE", "00000000").put("STATUS", "C"),
                legacyCustomer().put("FIRST_NAME", "Eva").put("PHONE3", "333").put("PHONE1", "111"),
                legacyCustomer()
                        .put("CUST_NO", new BigDecimal("9999999999"))
                        .put("CREDIT_LIMIT", new BigDecimal("-9999999999.99"))
                        .put("ADDR1_CITY", "Bern")
                        .put("ADDR2_STREET", "Weg 1")
                        .put("ADDR2_COUNTRY", "CH"));
    }

    @ParameterizedTest
    @MethodSource("legacyCustomers")
    void aLegacyCustomerComesBackFromTheModernMasterAsItWas(Struct customer) throws IOException {
        // when
        SourceRecord out = publish("customer", "legacy", local("CUST_NO", customer));
        SourceRecord modern = receive("customer", "modern", out);
        SourceRecord back = publish("customer", "modern", modern);
        SourceRecord legacy = receive("customer", "legacy", back);

        // then
        assertThat(back.value()).isEqualTo(out.value());
        assertThat(back.key()).isEqualTo(out.key());
        assertThat(back.valueSchema()).isEqualTo(out.valueSchema());
        assertThat(back.keySchema()).isEqualTo(out.keySchema());
        assertSameColumns(Sample.data(legacy), customer, "ENTRY_USER");
        assertThat(((Struct) legacy.key()).get("CUST_NO")).isEqualTo(customer.get("CUST_NO"));
    }

    private static void assertSameColumns(Struct actual, Struct expected, String... localOnly) {
        assertThat(actual.schema().fields())
                .extracting(Field::name)
                .containsExactlyInAnyOrderElementsOf(expected.schema().fields().stream()
                        .map(Field::name)
                        .filter(name -> !List.of(localOnly).contains(name))
                        .toList());
        for (Field field : actual.schema().fields()) {
            assertThat(actual.get(field)).as(field.name()).isEqualTo(expected.get(field.name()));
        }
    }

    @Test
    void aLegacyCustomerLooksRightOnTheModernMaster() throws IOException {
        // given
        Struct customer =
                legacyCustomer().put("PHONE3", "333").put("PHONE1", "111").put("ADDR2_CITY", "Bern");

        // when
        Struct modern =
                Sample.data(receive("customer", "modern", publish("customer", "legacy", local("CUST_NO", customer))));

        // then
        assertThat(modern.get("id")).isEqualTo(4711L);
        assertThat(modern.get("status")).isEqualTo("ACTIVE");
        assertThat(modern.get("born_on")).isEqualTo(Date.from(Instant.parse("1970-01-31T00:00:00Z")));
        assertThat(modern.get("newsletter")).isEqualTo(false);
        assertThat(modern.schema().field("created_at")).isNull();
        List<Struct> phones = modern.getArray("customer_phone");
        assertThat(phones).extracting(phone -> phone.get("position")).containsExactly((short) 1, (short) 3);
        List<Struct> addresses = modern.getArray("customer_address");
        assertThat(addresses).extracting(address -> address.get("kind")).containsExactly("WORK");
        assertThat(addresses.get(0).schema().field("customer_id")).isNull();
    }

    @Test
    void aLegacyOrderComesBackFromTheModernMasterAsItWas() throws IOException {
        // given
        Schema line = SchemaBuilder.struct()
                .field("ORDER_NO", Decimal.schema(0))
                .field("LINE_NO", Schema.INT16_SCHEMA)
                .field("ARTICLE", Schema.STRING_SCHEMA)
                .field("QTY", Decimal.schema(3))
                .field("UNIT_PRICE", Decimal.schema(4))
                .build();
        Schema schema = SchemaBuilder.struct()
                .optional()
                .field("ORDER_NO", Decimal.schema(0))
                .field("CUST_NO", Decimal.schema(0))
                .field("ORDER_DATE", LOCAL_MICROS)
                .field("STATE", Schema.STRING_SCHEMA)
                .field("CURRENCY", Schema.STRING_SCHEMA)
                .field("REMARK", TEXT)
                .field("ORDER_LINES", SchemaBuilder.array(line).build())
                .build();
        long orderedAt = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2024-02-29T23:59:59.999999Z"));
        Struct order = new Struct(schema)
                .put("ORDER_NO", new BigDecimal("123456789012"))
                .put("CUST_NO", new BigDecimal("4711"))
                .put("ORDER_DATE", orderedAt)
                .put("STATE", "CX")
                .put("CURRENCY", "CHF")
                .put("ORDER_LINES", List.of(line(line, 2, "0.001"), line(line, 1, "999999.999")));

        // when
        SourceRecord out = publish("order", "legacy", local("ORDER_NO", order));
        SourceRecord modern = receive("order", "modern", out);
        SourceRecord back = publish("order", "modern", modern);
        Struct legacy = Sample.data(receive("order", "legacy", back));

        // then
        assertThat(Sample.data(modern).get("ordered_at")).isEqualTo(orderedAt);
        assertThat(Sample.data(modern).get("state")).isEqualTo("CANCELLED");
        assertThat(back.value()).isEqualTo(out.value());
        assertThat(back.valueSchema()).isEqualTo(out.valueSchema());
        for (String column : List.of("ORDER_NO", "CUST_NO", "ORDER_DATE", "STATE", "CURRENCY", "REMARK")) {
            assertThat(legacy.get(column)).as(column).isEqualTo(order.get(column));
        }
        List<Struct> lines = legacy.getArray("ORDER_LINES");
        assertThat(lines).extracting(row -> row.get("LINE_NO")).containsExactly((short) 1, (short) 2);
        assertThat(lines)
                .extracting(row -> row.get("QTY"))
                .containsExactly(new BigDecimal("999999.999"), new BigDecimal("0.001"));
        assertThat(lines.get(0).schema().field("ORDER_NO")).isNull();
    }

    private static Struct line(Schema schema, int number, String quantity) {
        return new Struct(schema)
                .put("ORDER_NO", new BigDecimal("123456789012"))
                .put("LINE_NO", (short) number)
                .put("ARTICLE", "A-" + number)
                .put("QTY", new BigDecimal(quantity))
                .put("UNIT_PRICE", new BigDecimal("0.0500"));
    }

    @Test
    void theMappingsTellTheirKeyColumnsAndChildTables() throws IOException {
        // given
        CanonicalSchema canonical = CanonicalSchema.parse(read("canonical/customer.avsc"));

        // then
        assertThat(Mapping.parse(read("mappings/customer.legacy.json")).keyColumns(canonical))
                .containsExactly("CUST_NO");
        assertThat(Mapping.parse(read("mappings/customer.legacy.json")).childColumns())
                .isEmpty();
        assertThat(Mapping.parse(read("mappings/customer.modern.json")).keyColumns(canonical))
                .containsExactly("id");
        assertThat(Mapping.parse(read("mappings/customer.modern.json"))
                        .childColumns()
                        .keySet())
                .containsExactly("customer_address", "customer_phone");
    }
}
