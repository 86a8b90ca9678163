package io.tandem.distribution;

import static org.awaitility.Awaitility.await;

import io.tandem.examples.ExamplePair;
import io.tandem.examples.Master;
import io.tandem.testbed.ConnectRestException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

    /** Runs the statements of a block as the administrator of a master. */
    void execute(String block, Master master) {
        try (Connection connection = master.server().connect(master.id());
                Statement statement = connection.createStatement()) {
            for (String sql : text(block).split(";\\s*\\n", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(block + ": " + e.getMessage(), e);
        }
    }

    /** The number that the query of a block gives. */
    long number(String block, Master master) {
        return Long.parseLong(master.query(text(block).strip().replace(";", "")));
    }

    /** Asserts that no block of the page was forgotten. */
    void assertAllUsed() {
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
    void awaitRead(String group) {
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
                                .allMatch(end -> isRead(committed.get(end.getKey()), end.getValue()));
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

    /** The ends of the partitions that hold records; of the others nothing is ever read. */
    private static Map<TopicPartition, Long> ends(Admin admin, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
        offsets(admin, partitions, OffsetSpec.earliest()).forEach(ends::remove);
        return ends;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Set<TopicPartition> partitions, OffsetSpec which) {
        try {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            admin.listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, any -> which)))
                    .all()
                    .get()
                    .forEach((partition, found) -> offsets.put(partition, found.offset()));
            return offsets;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("cannot ask the broker for offsets", e);
        }
    }
}
