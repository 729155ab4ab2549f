package dev.entrain.journal;

import dev.entrain.outcome.SongFacts;

/**
 * A song that played and is over.
 *
 * @param fromNs its first beat, CLOCK_MONOTONIC ns
 * @param toNs the end of its sound, ns
 * @param facts which song, and what became of it
 */
public record SongRecord(long fromNs, long toNs, SongFacts facts) {}
