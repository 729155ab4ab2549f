package dev.entrain.journal;

import java.time.Instant;

/**
 * A moment, on both clocks.
 *
 * @param timeNs CLOCK_MONOTONIC
 * @param utc as far as the unit knows
 * @param bootId of this start of the machine, in which {@code timeNs} means something
 */
public record Moment(long timeNs, Instant utc, String bootId) {}
