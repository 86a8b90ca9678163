package io.tandem.clock.explorer;

import io.tandem.clock.Version;

/**
 * What the steps of one exploration share. Not thread-safe.
 *
 * @param versions all versions met, and the decisions about them
 * @param shown all records met
 */
record Tables(World world, Rules rules, Versions versions, ShownTable shown) {

    Tables(World world, Rules rules) {
        this(world, rules, new Versions(rules), new ShownTable());
    }

    String name(int participant) {
        return world.participants().get(participant);
    }

    Version version(Master master) {
        return versions.get(master.version);
    }

    Version version(Shown record) {
        return versions.get(record.version());
    }

    long ownCounter(Master master, int participant) {
        return version(master).clock().counter(name(participant));
    }

    /** Version and data as they are, read at once. */
    Shown show(Master master) {
        return new Shown(master.version, master.data, master.knows, master.latest);
    }

    /** True if the source has to send: notes, or an own counter above the published one. */
    boolean isPending(Master master, int participant) {
        return master.notes > 0 || ownCounter(master, participant) > master.published;
    }
}
