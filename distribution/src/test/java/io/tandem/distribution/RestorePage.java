package io.tandem.distribution;

import static org.awaitility.Awaitility.await;

import io.tandem.examples.ExamplePair;
import io.tandem.examples.Master;
import io.tandem.testbed.ConnectRestException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Does what the blocks of docs/restore.md say, word by word, for the master that the page talks of or for the other. */
final class RestorePage {

    private static final Pattern REST = Pattern.compile("rest (GET|PUT|POST|PATCH|DELETE) (/\\S+)(?: '(.*)')?");
    private static final Pattern GROUP =
            Pattern.compile("kafka-consumer-groups\\.sh --bootstrap-server \\S+ --describe --group (\\S+)");
    // curl's --retry 30 --retry-delay 1, and the time of the requests
    private static final Duration RETRIES = Duration.ofSeconds(60);

    private final PageBlocks blocks = PageBlocks.of("docs/restore.md");
    private final ExamplePair pair;
    private final Master restored;

    RestorePage(ExamplePair pair, Master restored) {
        this.pair = pair;
        this.restored = restored;
    }

    /** Runs the commands of a block, one after the other. */
    void run(String block) {
        for (String line : text(block).lines().toList()) {
            Matcher rest = REST.matcher(line);
            Matcher group = GROUP.matcher(line);
            if (rest.matches()) {
                request(rest.group(1), rest.group(2), rest.group(3));
            } else if (group.matches()) {
                awaitRead(group.group(1));
            } else {
                throw new IllegalArgumentException(block + " has a line that no test can run: " + line);
            }
        }
    }

    /** The text of a block with the names of the restored master. */
    String text(String block) {
        String text = blocks.text(block);
        if (restored.id().equals("modern")) {
            return text;
        }
        return text.replace("modern", "@").replace("legacy", "modern").replace("@", "legacy");
    }

    /** Asserts that these and the blocks that were used are all that the page has. */
    void assertAllUsed(String... elsewhere) {
        List.of(elsewhere).forEach(blocks::text);
        blocks.assertAllUsed();
    }

    /** As the page's function does: a worker that is busy is asked again. */
    private void request(String method, String path, @Nullable String body) {
        try {
            await(method + " " + path)
                    .atMost(RETRIES)
                    .ignoreExceptionsInstanceOf(ConnectRestException.class)
                    .until(() -> {
                        pair.rest().request(method, path, body);
                        return true;
                    });
        } catch (ConditionTimeoutException e) {
            // once more, for what it says
            pair.rest().request(method, path, body);
        }
    }

    /** Waits until the group has committed, for each of its partitions, what was the end at the first look. */
    private void awaitRead(String group) {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", pair.broker().bootstrapServers()))) {
            Set<TopicPartition> partitions = await(group + " gets its partitions")
                    .atMost(Await.LIMIT)
                    .failFast(pair::requireNoFailure)
                    .until(() -> assigned(admin, group), found -> !found.isEmpty());
            Map<TopicPartition, Long> ends = ends(admin, partitions);
            await(group + " has read up to " + ends)
                    .atMost(Await.LIMIT)
                    .failFast(pair::requireNoFailure)
                    .until(() -> {
                        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                                .partitionsToOffsetAndMetadata()
                                .get();
                        return ends.entrySet().stream()
                                .allMatch(end ->
                                        end.getValue() == 0 || isRead(committed.get(end.getKey()), end.getValue()));
                    });
        }
    }

    private static boolean isRead(@Nullable OffsetAndMetadata committed, long end) {
        return committed != null && committed.offset() >= end;
    }

    private static Set<TopicPartition> assigned(Admin admin, String group)
            throws InterruptedException, ExecutionException {
        return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .collect(Collectors.toSet());
    }

    private static Map<TopicPartition, Long> ends(Admin admin, Set<TopicPartition> partitions) {
        try {
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(partitions.stream()
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("cannot ask the broker for the ends of its topics", e);
        }
    }
}
