package io.tandem.distribution.chaos;

import io.tandem.distribution.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits until nothing is left to do: nothing noted or unpublished, and every record applied. For one thread. */
final class Quiet {

    private final Rig rig;
    private final Masters masters;
    private final Caretaker caretaker;
    private String left = "";

    Quiet(Rig rig, Masters masters, Caretaker caretaker) {
        this.rig = rig;
        this.masters = masters;
        this.caretaker = caretaker;
    }

    /**
     * Waits, and restarts what fails meanwhile.
     *
     * @return what is left to do when the time is over; empty if nothing is
     */
    String await(Duration limit) {
        try {
            Waiting.until("the connectors run", limit, caretaker::allRun);
            Waiting.until("nothing is left to do", limit, this::isQuiet);
            return "";
        } catch (ConditionTimeoutException e) {
            return e.getMessage() + " " + left;
        }
    }

    private boolean isQuiet() throws ExecutionException, InterruptedException {
        caretaker.look();
        long legacy = masters.pending(Side.LEGACY);
        long modern = masters.pending(Side.MODERN);
        left = "pending: " + legacy + " on legacy, " + modern + " on modern";
        return legacy + modern == 0 && allIsRead();
    }

    private boolean allIsRead() throws ExecutionException, InterruptedException {
        try (Topics topics = new Topics(rig.pair());
                Admin admin = Admin.create(
                        Map.of("bootstrap.servers", rig.pair().broker().bootstrapServers()))) {
            for (Kind kind : Kind.values()) {
                for (Side side : Side.values()) {
                    String topic =
                            "tandem." + kind.aggregate() + "." + side.peer().id();
                    Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(
                                    "connect-" + kind.connector(side, "sink"))
                            .partitionsToOffsetAndMetadata()
                            .get();
                    Map<TopicPartition, Long> end = topics.endOffsets(List.of(topic));
                    long lag = end.entrySet().stream()
                            .mapToLong(one -> one.getValue() - offset(read.get(one.getKey())))
                            .sum();
                    if (lag > 0) {
                        left = lag + " records of " + topic;
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static long offset(@Nullable OffsetAndMetadata read) {
        return read == null ? 0 : read.offset();
    }
}
