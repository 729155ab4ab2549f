package dev.entrain.journal;

import java.time.Instant;

/**
 * What the monotonic clock of a boot meant in UTC at one moment.
 *
 * @param timeNs CLOCK_MONOTONIC of the boot
 * @param utc the wall clock at that moment
 * @param errorS by how much it may be wrong either way, s; {@link ClockWatch#UNKNOWN_ERROR_S} where nothing is known
 */
public record ClockReading(long timeNs, Instant utc, double errorS) {}
