package io.tandem.benchmarks.sink;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.AvroTopics;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.testbed.Vendor;
import java.util.HashMap;
import java.util.Map;

/** Debezium's JDBC sink, with the settings that were the fastest of those tried. It writes one table. */
final class DebeziumSink extends ConnectorContender {

    private final AvroTopics topics;
    private final Accounts accounts = new Accounts(false);
    private final int batchSize;

    DebeziumSink(Rig rig, AvroTopics topics, int batchSize) {
        super(rig);
        this.topics = topics;
        this.batchSize = batchSize;
    }

    @Override
    public String name() {
        return "debezium";
    }

    @Override
    public boolean takes(Case what) {
        // it has no idea of a conflict: it is measured with the updates
        return !what.children();
    }

    @Override
    String topic(Case what) {
        String topic = "flat-" + what.workload() + "-" + what.tasks();
        topics.fill(topic, what.tasks(), new Records(accounts, what).flat());
        return topic;
    }

    @Override
    void prepare(Scratch database, Case what) {
        accounts.create(database);
        int stored = new Records(accounts, what).stored();
        if (stored > 0) {
            accounts.fill(database, stored);
        }
        database.analyze(accounts.tables());
    }

    @Override
    Map<String, String> settings(Scratch database, Case what) {
        Map<String, String> settings = new HashMap<>();
        settings.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
        settings.put("connection.username", database.server().adminUser());
        settings.put("connection.password", database.server().adminPassword());
        settings.put("insert.mode", "upsert");
        settings.put("primary.key.mode", "record_key");
        settings.put("collection.name.format", "account");
        settings.put("schema.evolution", "none");
        settings.put("batch.size", Integer.toString(batchSize));
        settings.put("consumer.override.max.poll.records", Integer.toString(batchSize));
        if (database.vendor() == Vendor.POSTGRESQL) {
            settings.put("dialect.postgres.unnest.insert.enabled", "true");
        } else {
            settings.put("connection.url", database.url() + "?rewriteBatchedStatements=true&useBulkStmts=true");
        }
        if (what.workload() == Workload.HOT) {
            // without it a statement would meet a row twice
            settings.put("use.reduction.buffer", "true");
        }
        return settings;
    }
}
