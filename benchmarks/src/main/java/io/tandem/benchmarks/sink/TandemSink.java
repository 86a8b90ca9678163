package io.tandem.benchmarks.sink;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.AvroTopics;
import io.tandem.benchmarks.rig.Figures;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.benchmarks.rig.State;
import io.tandem.testbed.Vendor;
import java.util.Map;

/** Tandem's sink, with a mapping: as it comes, or with as many sessions per task as others have. */
final class TandemSink extends ConnectorContender {

    private final AvroTopics topics;
    private final boolean oneSession;

    private TandemSink(Rig rig, AvroTopics topics, boolean oneSession) {
        super(rig);
        this.topics = topics;
        this.oneSession = oneSession;
    }

    static TandemSink asItComes(Rig rig, AvroTopics topics) {
        return new TandemSink(rig, topics, false);
    }

    static TandemSink inOneSession(Rig rig, AvroTopics topics) {
        return new TandemSink(rig, topics, true);
    }

    @Override
    public String name() {
        return oneSession ? "one-session" : Figures.OURS;
    }

    @Override
    public boolean takes(Case what) {
        return !oneSession
                || (what.vendor() == Vendor.POSTGRESQL
                        && what.workload() == Workload.UPDATE
                        && !what.inRoot()
                        && !what.children());
    }

    @Override
    String topic(Case what) {
        String topic = "tandem-" + what.workload() + (what.children() ? "-children-" : "-") + what.tasks();
        topics.fill(topic, what.tasks(), new Records(new Accounts(what.children()), what).alignment());
        return topic;
    }

    @Override
    void prepare(Scratch database, Case what) {
        Accounts accounts = new Accounts(what.children());
        int stored = new Records(accounts, what).stored();
        if (what.inRoot()) {
            State.createInRoot(database, accounts, stored, "modern");
        } else {
            State.create(database, accounts, stored, "modern");
        }
        if (what.workload() == Workload.CONFLICT) {
            database.execute("UPDATE tandem_account_clock SET clock_modern = 1, published = 1, clock_timestamp = 2000, "
                    + "clock_writer = 'modern' WHERE MOD(key_id, 100) = 0");
        }
    }

    @Override
    Map<String, String> settings(Scratch database, Case what) {
        Map<String, String> settings = State.sink(database, new Accounts(what.children()), "modern");
        if (what.inRoot()) {
            settings.putAll(State.inRoot());
        }
        if (oneSession) {
            settings.put("sink.sessions", "1");
        }
        // what a batch takes
        settings.put("consumer.override.max.poll.records", "1000");
        return settings;
    }
}
