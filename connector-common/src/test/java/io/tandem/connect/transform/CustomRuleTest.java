package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.assertj.core.util.Throwables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CustomRuleTest {

    private static final String FIELDS = Sample.text("phone")
            + ", "
            + Sample.optional(
                    "fee", "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 6, \"scale\": 2}");

    /** Area and number ↔ number with prefix, and a fee in cents. */
    public static class Phone implements CustomLens {

        private String prefix = "";

        @Override
        public void configure(Map<String, ?> options) {
            prefix = String.valueOf(options.get("prefix"));
            if (!options.keySet().equals(Set.of("prefix", "list", "nothing"))) {
                throw new ConfigException("expected prefix, list and nothing");
            }
        }

        @Override
        public List<@Nullable Object> toCanonical(List<@Nullable Object> columns) {
            Object tel = columns.get(0);
            Long cents = (Long) columns.get(1);
            return Arrays.asList(
                    tel == null ? null : prefix + tel,
                    cents == null ? null : BigDecimal.valueOf(cents, 2).stripTrailingZeros());
        }

        @Override
        public List<@Nullable Object> toLocal(List<@Nullable Object> fields) {
            String phone = (String) fields.get(0);
            BigDecimal fee = (BigDecimal) fields.get(1);
            if (phone != null && !phone.startsWith(prefix)) {
                throw new DataException("does not begin with the prefix");
            }
            return Arrays.asList(
                    phone == null ? null : phone.substring(prefix.length()),
                    fee == null ? null : fee.movePointRight(2).longValueExact());
        }
    }

    /** Does wrong what {@code fault} says. */
    public static class Faulty implements CustomLens {

        private String fault = "";

        @Override
        public void configure(Map<String, ?> options) {
            fault = Objects.requireNonNull((String) options.get("fault"));
        }

        @Override
        public List<@Nullable Object> toCanonical(List<@Nullable Object> columns) {
            return switch (fault) {
                case "throws" -> throw new IllegalStateException(Sample.SECRET);
                case "lossy" -> Arrays.asList(String.valueOf(columns.get(0)).strip());
                case "count" -> Arrays.asList(1, 2);
                case "class" -> Arrays.asList(1);
                default -> columns;
            };
        }

        @Override
        public List<@Nullable Object> toLocal(List<@Nullable Object> fields) {
            return fields;
        }
    }

    /** Can't be made: its constructor is not public. */
    public static class Hidden extends Faulty {
        private Hidden() {}
    }

    private static String rule(String type, String columns, String fields, String options) {
        return "{\"class\": \"" + type + "\", \"columns\": " + columns + ", \"fields\": " + fields + ", \"options\": "
                + options + "}";
    }

    private static Sample phone() {
        return Sample.of(
                FIELDS,
                rule(
                        Phone.class.getName(),
                        "[\"TEL\", {\"column\": \"CENTS\", \"type\": \"int64\"}]",
                        "[\"phone\", \"fee\"]",
                        "{\"prefix\": \"+41\", \"list\": [1, {\"a\": true}], \"nothing\": null}"));
    }

    private static Struct row(@Nullable String tel, @Nullable Integer cents) {
        return Sample.row(
                columns -> columns.field("TEL", Schema.OPTIONAL_STRING_SCHEMA)
                        .field("CENTS", Schema.OPTIONAL_INT32_SCHEMA),
                values -> values.put("TEL", tel).put("CENTS", cents));
    }

    @Test
    void theClassMapsTheValuesInTheTypesOfTheRule() {
        // when
        Struct mapped = phone().toCanonical(row("44 1", 1250));
        Struct back = phone().fromCanonical(mapped);

        // then
        assertThat(mapped.get("phone")).isEqualTo("+4144 1");
        assertThat(mapped.get("fee")).isEqualTo(new BigDecimal("12.50"));
        assertThat(back.get("TEL")).isEqualTo("44 1");
        assertThat(back.get("CENTS")).isEqualTo(1250L);
    }

    @Test
    void nullIsAValueForTheClass() {
        // when
        Struct back = phone().fromCanonical(phone().toCanonical(row(null, null)));

        // then
        assertThat(back.get("TEL")).isNull();
        assertThat(back.get("CENTS")).isNull();
    }

    @Test
    void aRefusalOfTheClassNamesFieldsColumnsAndClass() {
        assertThatThrownBy(() -> phone().fromCanonical(phone().canonical("phone", "+49")))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("phone, fee (columns TEL, CENTS): " + Phone.class.getName()
                        + ".toLocal: does not begin with the prefix");
    }

    private static Sample faulty(String fault) {
        return Sample.of(
                Sample.text("f"), rule(Faulty.class.getName(), "[\"C\"]", "[\"f\"]", "{\"fault\": \"" + fault + "\"}"));
    }

    @Test
    void aClassThatFailsTellsNoValue() {
        assertThatThrownBy(() -> faulty("throws").toCanonical(Sample.texts("C", Sample.SECRET)))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("f (column C): " + Faulty.class.getName()
                        + ".toCanonical failed with java.lang.IllegalStateException")
                .satisfies(e -> assertThat(Throwables.getStackTrace(e))
                        .doesNotContain(Sample.SECRET)
                        .contains("CustomRuleTest$Faulty.toCanonical("));
    }

    static Stream<Arguments> wrongAnswers() {
        return Stream.of(
                arguments("count", ".toCanonical must give 1 values, but gave 2"),
                arguments("class", ".toCanonical gave for value 1 what is no value of its type: "));
    }

    @ParameterizedTest
    @MethodSource("wrongAnswers")
    void anAnswerThatIsNoValueOfTheTypesIsRefused(String fault, String message) {
        assertThatThrownBy(() -> faulty(fault).toCanonical(Sample.texts("C", Sample.SECRET)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("f (column C): " + Faulty.class.getName() + message)
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(Sample.SECRET));
    }

    @Test
    void aClassThatLosesAValueIsCaughtWhenTheValueComesBack() {
        // given
        Sample sample = faulty("lossy");

        // then
        assertThatThrownBy(() -> sample.fromCanonical(sample.canonical("f", "SECRET ")))
                .hasMessageEndingWith("f (column C): " + Faulty.class.getName()
                        + ".toLocal gives columns for it that would not be read as the same again")
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(Sample.SECRET));
        assertThat(sample.fromCanonical(sample.canonical("f", "x")).get("C")).isEqualTo("x");
    }

    static Stream<Arguments> misfits() {
        String fields = "[\"phone\", \"fee\"]";
        String columns = "[\"A\", \"B\"]";
        return Stream.of(
                arguments(
                        rule("com.acme.None", columns, fields, "{}"),
                        "class: there is no class com.acme.None; put its jar into the folder of the Tandem plugin"),
                arguments(
                        rule("java.lang.String", columns, fields, "{}"),
                        "class: java.lang.String does not implement io.tandem.connect.transform.CustomLens"),
                arguments(
                        rule(Hidden.class.getName(), columns, fields, "{}"),
                        "class: " + Hidden.class.getName() + " must be public and have a public constructor without "
                                + "arguments"),
                arguments(
                        rule(Phone.class.getName(), columns, fields, "{}"),
                        "options: " + Phone.class.getName()
                                + " refuses its options: expected prefix, list and nothing"),
                arguments(
                        rule(Phone.class.getName(), "[\"A\", \"A\"]", fields, "{}"),
                        "columns[1]: A is mapped by another rule too"),
                arguments(
                        rule(Faulty.class.getName(), columns, "[\"phone\", \"cost\"]", "{\"fault\": \"\"}"),
                        "fields[1]: the canonical schema has no field cost"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void aClassThatCannotBeUsedIsRefusedWithThePlace(String rule, String message) {
        assertThatThrownBy(() -> Mapping.parse(Sample.mapping(rule)).check(CanonicalSchema.parse(Sample.avsc(FIELDS))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("mapping: fields[1]." + message);
    }
}
