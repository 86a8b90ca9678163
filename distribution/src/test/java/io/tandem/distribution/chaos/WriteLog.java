package io.tandem.distribution.chaos;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** What all applications did, as they know it themselves. Thread-safe. */
final class WriteLog {

    private final Queue<Write> writes = new ConcurrentLinkedQueue<>();

    /** Notes what one transaction did. */
    void add(Collection<Write> transaction) {
        writes.addAll(transaction);
    }

    /** All writes up to now by row, each row's in the order in which their outcomes were known. */
    Map<Register, List<Write>> byRegister() {
        return writes.stream().collect(Collectors.groupingBy(Write::register, TreeMap::new, Collectors.toList()));
    }
}
