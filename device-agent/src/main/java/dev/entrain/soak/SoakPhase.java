package dev.entrain.soak;

/**
 * A stretch of the run in which something was done to the unit.
 *
 * @param name what, for the table
 * @param fromNs when it began, ns of CLOCK_MONOTONIC
 * @param toNs when it ended
 * @param residentKb the most that was seen resident meanwhile, kB
 */
public record SoakPhase(String name, long fromNs, long toNs, long residentKb) {}
