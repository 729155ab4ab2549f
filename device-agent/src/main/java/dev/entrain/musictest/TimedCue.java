package dev.entrain.musictest;

import dev.entrain.cue.CueCommand;

/**
 * A change of the plan and when the mixer hears of it.
 *
 * @param atNs when, ns
 * @param command what
 */
public record TimedCue(long atNs, CueCommand command) {
    /** From the sample a decision used until its command is at the mixer, at the most: a late USB line and the other foot, ns. */
    public static final long LATEST_NS = 56_000_000L;

    /** A copy of a command, as late as it may come. */
    public static TimedCue of(CueCommand command) {
        CueCommand copy = new CueCommand();
        copy.copyFrom(command);
        return new TimedCue(command.decidedNs + LATEST_NS, copy);
    }
}
