package io.tandem.benchmarks.mapping;

import io.tandem.connect.transform.FromCanonical;
import io.tandem.connect.transform.ToCanonical;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One record through the mapping, and through {@link KafkaChain}. The mapping gets the whole alignment record and maps
 * the rows of the collections too; the chain gets the bare data and leaves collections alone, so it has less to do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MappingBenchmark {

    private final SourceRecord canonical;
    private final SourceRecord local;
    private final SourceRecord plainCanonical;
    private final SourceRecord plainLocal;
    private final Transformation<SourceRecord> fromCanonical = new FromCanonical<>();
    private final Transformation<SourceRecord> toCanonical = new ToCanonical<>();
    private final KafkaChain chainFromCanonical = KafkaChain.fromCanonical();
    private final KafkaChain chainToCanonical = KafkaChain.toCanonical();

    /** Compiles the mapping and makes the records; JMH calls it before it measures. */
    public MappingBenchmark() {
        Customer customer = Customer.load();
        Map<String, String> settings = Map.of("mapping", customer.mapping(), "schema", customer.schema());
        fromCanonical.configure(settings);
        toCanonical.configure(settings);
        canonical = customer.alignmentRecord();
        plainCanonical = customer.plainRecord();
        local = fromCanonical.apply(canonical);
        plainLocal = chainFromCanonical.apply(plainCanonical);
    }

    /** The mapping, canonical → local. */
    @Benchmark
    public SourceRecord mappingFromCanonical() {
        return fromCanonical.apply(canonical);
    }

    /** Kafka's Flatten, ReplaceField and Cast, canonical → local. */
    @Benchmark
    public SourceRecord kafkaFromCanonical() {
        return chainFromCanonical.apply(plainCanonical);
    }

    /** The mapping, local → canonical. */
    @Benchmark
    public SourceRecord mappingToCanonical() {
        return toCanonical.apply(local);
    }

    /** Kafka's ReplaceField and Cast, local → canonical, without the nesting. */
    @Benchmark
    public SourceRecord kafkaToCanonical() {
        return chainToCanonical.apply(plainLocal);
    }
}
