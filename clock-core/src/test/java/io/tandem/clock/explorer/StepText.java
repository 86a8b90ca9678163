package io.tandem.clock.explorer;

import io.tandem.clock.Version;

/** Says what a step did, for people. */
final class StepText {

    private StepText() {}

    static String describe(Tables tables, Step step, State before, State after) {
        String who = tables.name(step.who());
        Master then = before.masters[step.who()];
        Master now = after.masters[step.who()];
        String topic = tables.name(step.topic());
        return switch (step.kind()) {
            case WRITE -> who + verb(then.data, now.data) + Data.name(now.data) + " at " + step.number();
            case PUBLISH -> who + " sends " + sent(tables, after, step.who());
            case PUBLISH_AND_CRASH ->
                who + " sends " + sent(tables, after, step.who()) + " and crashes before the acknowledgement is noted";
            case FOLD_AND_CRASH -> who + " folds to " + tables.version(now) + " and crashes before it has sent";
            case READ -> who + " reads " + shown(tables, tables.shown().get(now.held - 1)) + " to send it";
            case SEND -> who + " sends " + sent(tables, after, step.who());
            case ACKNOWLEDGE -> who + " notes the acknowledgement of " + then.awaited;
            case SOURCE_CRASH -> "the source of " + who + " crashes";
            case TAKE ->
                who + " takes " + shown(tables, tables.shown().get(step.number())) + " from " + topic
                        + decided(tables, step, now);
            case TAKE_BATCH -> who + " takes " + step.number() + " records at once" + decided(tables, step, now);
            case COMMIT -> who + " commits its positions";
            case SINK_CRASH -> "the sink of " + who + " crashes and goes on from its committed positions";
            case REWIND -> who + " is to read the topic of " + topic + " again from an earlier position";
            case SKIP -> who + " puts " + shown(tables, tables.shown().get(step.number())) + " to the dead letters";
            case REINJECT ->
                who + " takes " + shown(tables, tables.shown().get(step.number())) + " from the dead letters"
                        + decided(tables, step, now);
            case BACK_UP -> "the database of " + who + " is backed up: " + row(tables, now);
            case RESTORE -> "the database of " + who + " is restored: " + row(tables, now);
            case PURGE_EVERYWHERE -> "all purge the tombstone " + tables.version(then);
            case PURGE -> who + " purges the tombstone " + tables.version(then);
        };
    }

    /** What a participant holds. */
    static String state(Tables tables, State state, int who) {
        return tables.name(who) + " shows " + row(tables, state.masters[who]);
    }

    private static String verb(int then, int now) {
        if (Data.isAbsent(now)) {
            return " deletes the row: ";
        }
        return Data.isAbsent(then) ? " inserts " : " updates to ";
    }

    private static String decided(Tables tables, Step step, Master now) {
        return ": " + step.outcome() + ", now " + row(tables, now);
    }

    private static String row(Tables tables, Master master) {
        Version version = tables.version(master);
        return Data.name(master.data)
                + (master.notes > 0 ? ", not folded yet, over " : " as ")
                + (version.equals(Version.UNCLOCKED) ? "no version" : version);
    }

    private static String sent(Tables tables, State after, int who) {
        int[] topic = after.topics[who];
        return shown(tables, tables.shown().get(topic[topic.length - 1]));
    }

    private static String shown(Tables tables, Shown record) {
        return Data.name(record.data()) + " as " + tables.version(record);
    }
}
