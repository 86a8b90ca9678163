package io.tandem.connect.transform;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a mapping that the user writes in Java, for what the other rules can't say. A mapping names it as {@code
 * {"class": "com.acme.PhoneLens", "columns": ["TEL"], "fields": ["phone"], "options": {…}}}. The class is public, has a
 * public constructor without arguments, and lies in the folder of the plugin or on the worker's class path.
 *
 * <p><b>Laws.</b> For every list of field values {@code f} that {@link #toLocal} takes, {@code
 * toCanonical(toLocal(f)).equals(f)}: what this master writes reads as what it was, otherwise the masters would send
 * each other corrections for ever. And for every list of columns {@code c} that {@link #toCanonical} takes, {@code
 * toLocal(toCanonical(c)).equals(c)}, unless the class normalises, as with text of different spelling: then it gives
 * another {@code c} with the same field values. Both methods are functions: the same input gives the same answer, on
 * every worker. The first law is checked for each record in both directions, and a record that breaks it is refused.
 *
 * <p><b>Values.</b> The lists have one value for each column or field of the rule, in its order. A value is null or of
 * the class that Connect has for its type: text {@link String}; {@code boolean} {@link Boolean}; {@code int8} to
 * {@code int64} {@link Byte}, {@link Short}, {@link Integer}, {@link Long}; {@code float32}, {@code float64} {@link
 * Float}, {@link Double}; a decimal {@link java.math.BigDecimal}; a date and a timestamp in milliseconds {@link
 * java.util.Date}; other timestamps and times {@link Long}, in microseconds; {@code bytes} {@code byte[]}. The type of
 * a field is that of the canonical schema, the type of a column is the {@code type} that the rule gives it, text if it
 * gives none. A decimal may be given in any scale, as long as it fits the type exactly.
 *
 * <p><b>Errors.</b> A value without a counterpart is refused with a {@link DataException}; its message appears in logs
 * and must not show values. Of any other exception only the class and the stack trace are told. Never give null, or a
 * near value, for one that can't be mapped.
 *
 * <p><b>Threads and life.</b> One instance serves one rule of one transformation and is used by one thread at a time. An
 * instance is also made, configured and thrown away when settings are checked, so it must hold nothing that has to be
 * closed.
 */
public interface CustomLens {

    /**
     * Called once, before anything else.
     *
     * @param options the member {@code options} of the rule: texts, numbers, booleans, lists and maps of them; empty if
     *     there is none
     * @throws ConfigException if an option is missing or wrong
     */
    void configure(Map<String, ?> options);

    /**
     * The values of the canonical fields.
     *
     * @param columns the values of the columns
     * @throws DataException if they have no exact counterpart
     */
    List<@Nullable Object> toCanonical(List<@Nullable Object> columns);

    /**
     * The values of the columns.
     *
     * @param fields the values of the canonical fields
     * @throws DataException if they have no exact counterpart
     */
    List<@Nullable Object> toLocal(List<@Nullable Object> fields);
}
