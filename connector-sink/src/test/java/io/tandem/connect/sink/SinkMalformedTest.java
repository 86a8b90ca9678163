package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.connect.sink.Fault.Place;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever comes that is no proper record: it is refused with words, it changes nothing, and the next one is applied. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkMalformedTest {

    private static final long SEED = 20_261_121;
    private static final int RECORDS = 1_200;
    private static final int PER_PUT = 300;
    private static final int LONGEST_MESSAGE = 1_500;

    private final Vendor vendor;
    private final TestDatabase database;
    private final List<Malformed> malformed;

    SinkMalformedTest(Vendor vendor, Databases databases) {
        this.vendor = vendor;
        database = databases.create(vendor).withTables();
        DataFaults.columns(vendor).forEach(column -> database.execute("ALTER TABLE customer ADD COLUMN " + column));
        malformed = Malformed.generate(vendor, RECORDS, SEED);
    }

    private static LongFunction<SinkRecord> proper(long id, long counter) {
        return new RawRecord(id, counter)::at;
    }

    /** The aggregates with even ids are there, the others are not. */
    private void fill(Sink sink) {
        List<LongFunction<SinkRecord>> records = new ArrayList<>();
        for (long id = 0; id < malformed.size(); id += 2) {
            records.add(proper(id, 1));
        }
        sink.putAll(records);
    }

    /** Puts them all, the aggregate of each numbered by its place in the list; returns the first one's offset. */
    private long putMalformed(Sink sink) {
        long first = sink.committable();
        for (int from = 0; from < malformed.size(); from += PER_PUT) {
            List<LongFunction<SinkRecord>> records = new ArrayList<>();
            for (int id = from; id < Math.min(malformed.size(), from + PER_PUT); id++) {
                Malformed one = malformed.get(id);
                long key = id;
                records.add(offset -> one.at(key, offset));
            }
            sink.putAll(records);
        }
        return first;
    }

    @Test
    void each_is_a_dead_letter_with_a_reason_and_changes_nothing_and_the_next_good_one_is_applied() {
        try (Sink sink = Sink.startOn(database, "errors.tolerance", "all", "errors.log.enable", "true")) {
            fill(sink);
            Map<String, List<String>> before = fingerprint();

            long first = putMalformed(sink);

            List<String> wrong = new ArrayList<>();
            for (int id = 0; id < malformed.size(); id++) {
                objection(malformed.get(id), id, first + id, sink.deadLetters().get(first + id))
                        .forEach(wrong::add);
            }
            assertThat(wrong).isEmpty();
            assertThat(sink.context().reports()).isEqualTo(malformed.size());
            assertThat(sink.committable()).isEqualTo(first + malformed.size());
            assertThat(fingerprint()).isEqualTo(before);

            List<LongFunction<SinkRecord>> good = new ArrayList<>();
            for (long id = 0; id < malformed.size(); id++) {
                good.add(proper(id, 3));
            }
            sink.putAll(good);

            assertThat(sink.context().reports()).isEqualTo(malformed.size());
            assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_clock WHERE clock_legacy = 3"))
                    .isEqualTo(malformed.size());
            assertThat(database.number("SELECT COUNT(*) FROM address")).isEqualTo(malformed.size());
            System.out.printf(
                    "MALFORMED records=%d refused=%d applied=0 on %s%n",
                    malformed.size(), sink.deadLetters().size(), vendor);
        }
    }

    @Test
    void where_nothing_is_tolerated_the_same_words_end_the_task() {
        int refused = 0;
        try (Sink sink = Sink.startOn(database)) {
            fill(sink);
            Map<String, List<String>> before = fingerprint();
            for (int id = 0; id < malformed.size(); id += 10) {
                Malformed one = malformed.get(id);
                long key = id;

                assertThatThrownBy(() -> sink.putRaw(one.at(key, 42)))
                        .as(one.name())
                        .satisfies(error ->
                                assertThat(objection(one, key, 42, error)).isEmpty());
                refused++;
                if (one.place() == Place.DATABASE) {
                    // it waits for the next start, before which it is not tried again
                    sink.close(List.of(Sink.PARTITION));
                }
            }
            assertThat(fingerprint()).isEqualTo(before);
        }
        System.out.printf("MALFORMED records=%d ended=%d applied=0 on %s%n", refused, refused, vendor);
    }

    /** What is not as it should be about the way in which a record was refused. */
    private static List<String> objection(Malformed one, long id, long offset, @Nullable Throwable error) {
        if (error == null) {
            return List.of(one.name() + ": was not refused");
        }
        String message = String.valueOf(error.getMessage());
        List<String> wrong = new ArrayList<>();
        boolean ofDatabase = one.place() == Place.DATABASE;
        if (!(ofDatabase ? error.getClass() == ConnectException.class : error instanceof DataException)) {
            wrong.add("is a " + error.getClass());
        }
        String place = "record legacy.customer-0@" + offset;
        if (ofDatabase ? !message.contains("(" + place + ")") : !message.startsWith(place)) {
            wrong.add("does not name the place");
        }
        if (one.place().keyIsReadable() && !message.matches("(?s).*(key (id=)?|cannot apply )" + id + "(: | [(]).*")) {
            wrong.add("does not name the key");
        }
        if (one.told().stream().noneMatch(message::contains)) {
            wrong.add("does not say " + one.told());
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            boolean secret = text.contains(RawRecord.SECRET) || text.contains(Long.toString(WrongTypes.SECRET));
            // what stands in a key may be told
            if (text.contains("Struct{") || (secret && one.place().keyIsReadable())) {
                wrong.add("shows data");
            }
        }
        if (message.length() > LONGEST_MESSAGE) {
            wrong.add("is " + message.length() + " characters long");
        }
        if (!message.contains("; ") && !message.contains(". ") && !message.contains("?")) {
            wrong.add("does not say what to do");
        }
        return wrong.isEmpty() ? List.of() : List.of(one.name() + " " + wrong + ": " + message);
    }

    /** All rows of all tables of the database. */
    private Map<String, List<String>> fingerprint() {
        Map<String, List<String>> rows = new TreeMap<>();
        database.query("SELECT table_name FROM information_schema.tables WHERE table_schema = "
                        + (vendor == Vendor.POSTGRESQL ? "current_schema()" : "DATABASE()"))
                .forEach(table -> rows.put(
                        table,
                        database.query("SELECT * FROM " + table).stream()
                                .sorted()
                                .toList()));
        assertThat(rows).containsKeys("customer", "address", "tandem_customer_clock", "tandem_customer_ledger");
        return rows;
    }
}
