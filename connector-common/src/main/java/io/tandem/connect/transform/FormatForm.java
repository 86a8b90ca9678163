package io.tandem.connect.transform;

import io.tandem.connect.record.SemanticTypes;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQuery;
import java.util.Date;
import java.util.Locale;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/** A date, a time, or both, kept as text. Text that would be written in another way is refused. */
final class FormatForm implements ValueForm {

    // the seconds are 0: a pattern may leave them out, as long as the values have none
    private static final LocalDateTime SAMPLE = LocalDateTime.of(2001, 2, 3, 16, 5);
    private static final int NANOS_PER_MICRO = 1_000;

    private final DateTimeFormatter formatter;
    private final Kind<?> kind;

    private FormatForm(DateTimeFormatter formatter, Kind<?> kind) {
        this.formatter = formatter;
        this.kind = kind;
    }

    /**
     * The form of text by a pattern.
     *
     * @param pattern a pattern of {@link DateTimeFormatter}; {@code y} is taken as {@code u}
     * @param canonical a date, a local timestamp or a time
     * @throws IllegalArgumentException if the pattern is wrong or doesn't hold all of the value, or if the canonical
     *     type is another one
     */
    static FormatForm of(String pattern, Schema canonical) {
        Kind<?> kind = kind(canonical);
        DateTimeFormatter formatter =
                DateTimeFormatter.ofPattern(proleptic(pattern), Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
        FormatForm form = new FormatForm(formatter, kind);
        Object sample = kind.ofSample();
        try {
            if (form.toCanonical(form.fromCanonical(sample)).equals(sample)) {
                return form;
            }
        } catch (DataException e) {
            // the same answer as for a value that came back changed
        }
        throw new IllegalArgumentException("the pattern doesn't hold a whole " + kind.name());
    }

    private static Kind<?> kind(Schema canonical) {
        String name = canonical.name() == null ? "" : canonical.name();
        return switch (name) {
            case org.apache.kafka.connect.data.Date.LOGICAL_NAME ->
                new Kind<>(
                        "date",
                        org.apache.kafka.connect.data.Date.builder().optional().build(),
                        LocalDate::from,
                        date -> Date.from(date.atStartOfDay().toInstant(ZoneOffset.UTC)),
                        value -> LocalDate.ofInstant(((Date) value).toInstant(), ZoneOffset.UTC));
            case SemanticTypes.LOCAL_MICRO_TIMESTAMP ->
                new Kind<>(
                        "date and time",
                        ZoneForm.LOCAL,
                        LocalDateTime::from,
                        Micros::of,
                        value -> Micros.dateTime((Long) value));
            case SemanticTypes.MICRO_TIME ->
                new Kind<>(
                        "time",
                        SemanticTypes.int64(SemanticTypes.MICRO_TIME).optional().build(),
                        LocalTime::from,
                        time -> time.toNanoOfDay() / NANOS_PER_MICRO,
                        value -> LocalTime.ofNanoOfDay(Math.multiplyExact((Long) value, NANOS_PER_MICRO)));
            default -> throw new IllegalArgumentException("the field is no date, time or timestamp");
        };
    }

    /** {@code yyyy} is the year of an era, which strict parsing doesn't take without the era. */
    private static String proleptic(String pattern) {
        StringBuilder result = new StringBuilder(pattern);
        boolean quoted = false;
        for (int i = 0; i < result.length(); i++) {
            char letter = result.charAt(i);
            if (letter == '\'') {
                quoted = !quoted;
            } else if (letter == 'y' && !quoted) {
                result.setCharAt(i, 'u');
            }
        }
        return result.toString();
    }

    @Override
    public Schema local() {
        return Schema.OPTIONAL_STRING_SCHEMA;
    }

    @Override
    public Schema canonical() {
        return kind.schema();
    }

    @Override
    public Object toCanonical(Object local) {
        Object value;
        try {
            value = kind.parse(formatter, (String) local);
        } catch (DateTimeException e) {
            // no cause: its message shows the text
            throw new DataException("is no " + kind.name() + " of the given format");
        }
        if (!text(value).equals(local)) {
            throw new DataException("is a " + kind.name() + " that the given format writes in another way");
        }
        return value;
    }

    @Override
    public Object fromCanonical(Object canonical) {
        String text = text(canonical);
        Object back;
        try {
            back = kind.parse(formatter, text);
        } catch (DateTimeException e) {
            throw new DataException("is a " + kind.name() + " that the given format can't hold");
        }
        if (!back.equals(canonical)) {
            throw new DataException("is a " + kind.name() + " that the given format can't hold");
        }
        return text;
    }

    private String text(Object canonical) {
        try {
            return kind.format(formatter, canonical);
        } catch (DateTimeException | ArithmeticException e) {
            throw new DataException("is a " + kind.name() + " that the given format can't hold");
        }
    }

    /** A java.time type and how it looks in Connect. */
    private record Kind<T extends TemporalAccessor>(
            String name,
            Schema schema,
            TemporalQuery<T> query,
            Function<T, Object> toConnect,
            Function<Object, T> fromConnect) {

        Object parse(DateTimeFormatter formatter, String text) {
            T parsed = formatter.parse(text, query);
            try {
                return toConnect.apply(parsed);
            } catch (IllegalArgumentException e) {
                // a year that java.time knows and a count of milliseconds does not reach
                throw new DateTimeException("out of range", e);
            }
        }

        String format(DateTimeFormatter formatter, Object value) {
            return formatter.format(fromConnect.apply(value));
        }

        Object ofSample() {
            return toConnect.apply(query.queryFrom(SAMPLE));
        }
    }
}
