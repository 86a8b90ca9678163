package io.tandem.connect.sink;

import io.tandem.connect.sink.Fault.Place;
import io.tandem.testbed.Vendor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record with one fault, or with several at different places.
 *
 * @param faults in the order in which they are looked for, never empty
 */
record Malformed(List<Fault> faults) {

    /** What is wrong, in words. */
    String name() {
        return faults.stream().map(Fault::name).collect(Collectors.joining(" + "));
    }

    /** Where the first thing is that is noticed. */
    Place place() {
        return faults.get(0).place();
    }

    /** One of these must be in the message. */
    List<String> told() {
        return faults.stream().map(Fault::told).toList();
    }

    /** The record, about an aggregate of its own. */
    SinkRecord at(long id, long offset) {
        RawRecord record = new RawRecord(id, 2);
        faults.forEach(fault -> fault.breaks().accept(record));
        return record.at(offset);
    }

    /**
     * Every fault alone, and so many others in company, always the same ones.
     *
     * @param count how many records in all, at least
     */
    static List<Malformed> generate(Vendor vendor, int count, long seed) {
        List<Fault> faults = new ArrayList<>(EnvelopeFaults.all());
        faults.addAll(DataFaults.all(vendor));
        Map<String, Malformed> all = new LinkedHashMap<>();
        faults.forEach(fault -> add(all, List.of(fault)));
        Random random = new Random(seed);
        while (all.size() < count) {
            Map<Place, Fault> chosen = new LinkedHashMap<>();
            for (int i = 0; i < 2 + random.nextInt(2); i++) {
                Fault fault = faults.get(random.nextInt(faults.size()));
                chosen.putIfAbsent(fault.place(), fault);
            }
            if (chosen.containsKey(Place.DATABASE)) {
                // it would take the place of what is wrong with its column, or be overtaken by it
                chosen.keySet().removeAll(Set.of(Place.DATA, Place.ADDRESS));
            }
            List<Fault> several = new ArrayList<>(chosen.values());
            several.sort((one, other) -> one.place().compareTo(other.place()));
            add(all, several);
        }
        List<Malformed> shuffled = new ArrayList<>(all.values());
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static void add(Map<String, Malformed> all, List<Fault> faults) {
        Malformed malformed = new Malformed(List.copyOf(faults));
        all.put(malformed.name(), malformed);
    }
}
