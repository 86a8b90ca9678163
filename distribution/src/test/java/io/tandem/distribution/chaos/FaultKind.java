package io.tandem.distribution.chaos;

import java.util.Locale;

/** What may go wrong. */
enum FaultKind {
    /** SIGKILL of the worker, which is started again. */
    KILL_WORKER(false),
    /** SIGSTOP of the worker for longer than its group waits for it. */
    FREEZE_WORKER(false),
    /** A second worker joins the group, and leaves it again in good order: two rebalances. */
    JOIN_AND_LEAVE(false),
    /** A second worker joins the group and is killed. */
    JOIN_AND_DIE(false),
    /** SIGKILL of the broker. */
    KILL_BROKER(false),
    /** SIGKILL of the schema registry. */
    KILL_REGISTRY(true),
    /** SIGKILL of MariaDB. */
    KILL_LEGACY(true),
    /** SIGKILL of PostgreSQL. */
    KILL_MODERN(true),
    /** Tandem's sessions on MariaDB are ended, three times in a row. */
    CUT_LEGACY(true),
    /** Tandem's sessions on PostgreSQL are ended, three times in a row. */
    CUT_MODERN(true),
    /** MariaDB refuses writes. */
    READ_ONLY_LEGACY(true),
    /** PostgreSQL refuses writes. */
    READ_ONLY_MODERN(true),
    /** Some connectors are paused and resumed. */
    PAUSE(false),
    /** Some connectors are stopped and resumed. */
    STOP(false),
    /** Some connectors and their tasks are restarted. */
    RESTART(false),
    /** Some sinks read their topics again from the beginning. */
    READ_AGAIN(false),
    /** Both sources send many aggregates again, those that the other master wrote last among them. */
    SEND_AGAIN(true);

    private final boolean joins;

    FaultKind(boolean joins) {
        this.joins = joins;
    }

    /** Whether it may strike while another fault lasts: it needs neither the worker nor the broker for that. */
    boolean joins() {
        return joins;
    }

    /** Its name for people. */
    String told() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
