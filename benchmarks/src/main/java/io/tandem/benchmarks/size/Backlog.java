package io.tandem.benchmarks.size;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.Connectors;
import io.tandem.benchmarks.rig.Measures;
import io.tandem.benchmarks.rig.Progress;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.benchmarks.rig.State;
import io.tandem.testbed.Vendor;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How much heap of the worker it takes to send many changes that were made at once, and then to apply as many that wait in
 * Kafka, above what the worker has without these two connectors.
 */
final class Backlog {

    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long LOOK_MILLIS = 250;

    private final Rig rig;
    private final int rows;

    Backlog(Rig rig, int rows) {
        this.rig = rig;
        this.rows = rows;
    }

    /** Measures between two databases of one vendor. */
    void run(Vendor vendor, String name, String id, Measures measures) {
        Accounts accounts = new Accounts(false);
        long worker = rig.pair().worker().pid();
        try (Scratch legacy = rig.scratch(vendor);
                Scratch modern = rig.scratch(vendor);
                Connectors connectors = new Connectors(rig)) {
            State.create(legacy, accounts, rows, "legacy");
            State.create(modern, accounts, rows, "modern");
            double before = LiveHeap.settledMegabytes(worker);
            measures.add(name, "worker-mb", before);
            connectors.start(id + "-source", State.source(legacy, accounts, "legacy", id));
            legacy.execute("UPDATE account SET revision = 1");
            try (LiveHeap heap = LiveHeap.watching(worker)) {
                awaitSent(id);
                measures.add(name, "source-mb", heap.end().megabytes() - before);
            }
            connectors.start(id + "-sink", State.sink(modern, accounts, "modern", id));
            long start = System.nanoTime();
            try (LiveHeap heap = LiveHeap.watching(worker)) {
                double rate = Progress.of(modern, rows, number -> number, rig.pair()::requireNoFailure)
                        .since(start);
                LiveHeap.Peak peak = heap.end();
                measures.add(name, "sink-mb", peak.megabytes() - before);
                System.err.printf("%d samples while %.0f rows/s arrive%n", peak.samples(), rate);
            }
        } catch (IOException | ExecutionException e) {
            throw new IllegalStateException("cannot measure " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void awaitSent(String topic) throws InterruptedException, ExecutionException {
        TopicPartition partition = new TopicPartition(topic, 0);
        long begin = System.nanoTime();
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", rig.pair().broker().bootstrapServers()))) {
            // one record per row, and a topic that is not there before the first
            while (!admin.listTopics().names().get().contains(topic)
                    || admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                                    .partitionResult(partition)
                                    .get()
                                    .offset()
                            < rows) {
                rig.pair().requireNoFailure();
                if (System.nanoTime() - begin > LIMIT_NANOS) {
                    throw new IllegalStateException("the source has not sent " + rows + " rows in ten minutes");
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }
}
