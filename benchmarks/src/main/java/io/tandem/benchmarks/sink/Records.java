package io.tandem.benchmarks.sink;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.AvroTopics.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** The records of a topic, one by one. Immutable and thread-safe. */
final class Records {

    private static final int HOT_KEYS = 100;

    private final Accounts accounts;
    private final Case what;

    Records(Accounts accounts, Case what) {
        this.accounts = accounts;
        this.what = what;
    }

    /** The number of the account that the record is about. */
    long number(int index) {
        if (what.workload() != Workload.HOT) {
            return 1L + index;
        }
        return index % 2 == 0 ? 1L + (index / 2) % HOT_KEYS : HOT_KEYS + 1L + index / 2;
    }

    /** The same for a record near this one whose account has no other. */
    long coldNumber(int index) {
        return number(what.workload() == Workload.HOT && index % 2 == 0 ? index + 1 : index);
    }

    /** How many accounts there are before. */
    int stored() {
        return switch (what.workload()) {
            case INSERT -> 0;
            case UPDATE, CONFLICT -> what.records();
            case HOT -> HOT_KEYS + what.records() / 2;
        };
    }

    /** Alignment records in canonical shape. */
    Stream<Entry> alignment() {
        Map<Long, Long> counters = new HashMap<>();
        return IntStream.range(0, what.records()).mapToObj(index -> {
            long number = number(index);
            long before = what.workload() == Workload.INSERT ? 0 : 1;
            return accounts.alignment(number, before + counters.merge(number, 1L, Long::sum));
        });
    }

    /** The same rows for a sink that takes flat records: the root's columns. */
    Stream<Entry> flat() {
        Schema key = SchemaBuilder.struct()
                .name("io.tandem.benchmarks.RowKey")
                .field("id", Schema.INT64_SCHEMA)
                .build();
        return IntStream.range(0, what.records()).mapToObj(index -> {
            long number = number(index);
            return new Entry(new Struct(key).put("id", number), Accounts.root(accounts.flat(), number));
        });
    }
}
