package io.tandem.clock;

import org.jspecify.annotations.Nullable;

/**
 * What to do with an incoming version.
 *
 * @param outcome which data to show
 * @param version the version of the aggregate afterwards
 * @param alarm what the comparison proves to be broken, null if nothing
 */
public record Decision(
        Outcome outcome, Version version, @Nullable Alarm alarm) {}
