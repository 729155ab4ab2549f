package dev.entrain.validation.beat;

import dev.entrain.music.BeatGrid;

/**
 * How well the beats of one piece were found.
 *
 * @param part folder it lies in
 * @param kind row of the table
 * @param ours our tracker's
 * @param peer another's
 * @param downF F of the downbeats, 0 where the tracker knew no bar
 * @param knownBpm median tempo of the known beats
 * @param grid what was found
 * @param lengthS of its sound
 * @param cpuS what finding its beats took
 */
record PieceScore(
        String part,
        String kind,
        String name,
        BeatScore ours,
        BeatScore peer,
        double downF,
        double knownBpm,
        BeatGrid grid,
        double lengthS,
        double cpuS) {}
