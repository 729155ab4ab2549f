package dev.entrain.journal;

import dev.entrain.health.TimingCounts;
import org.jspecify.annotations.Nullable;

/**
 * How well the unit kept its cues' moments since the agent started: the proof that every unit gives of its own timing. All
 * counts are cumulative, so a report that is lost costs nothing, and two of them tell what happened between. Immutable.
 *
 * @param timeNs when it was made, ns of CLOCK_MONOTONIC
 * @param sinceNs since when it counts, ns of CLOCK_MONOTONIC
 * @param last whether the agent ends with it
 * @param cues what became of the cues
 * @param onsets how far from its moment each cue was heard, by the card's own clock, judged 2 s later
 * @param stalls how much later than the card was ready the sound thread woke, one entry for each cycle
 * @param breaks what went wrong with the output
 * @param output the output
 * @param audioThreadBytes bytes the sound thread allocated, all cycles and openings together; -1 where not known
 * @param realTime what the system granted; null where it was not asked
 * @param exposure what the ears were given; null where it is not kept
 */
public record TimingReport(
        long timeNs,
        long sinceNs,
        boolean last,
        Cues cues,
        TimingCounts onsets,
        TimingCounts stalls,
        Breaks breaks,
        Output output,
        long audioThreadBytes,
        @Nullable GrantedRealTime realTime,
        @Nullable Exposure exposure) {
    /**
     * What became of the cues.
     *
     * @param planned handed to the sound thread for good
     * @param played their first frame was written
     * @param unheard written and not heard: taken back by a stop, or queued when the output failed
     * @param late came after their frame was gone, or while there was no sound; never played
     * @param refused commands refused because the sound thread was behind
     * @param worstFrames largest distance between the frame a cue was written on and the one it was meant for
     */
    public record Cues(long planned, long played, long unheard, long late, long refused, int worstFrames) {}

    /**
     * What went wrong with the output.
     *
     * @param underruns times the card ran dry
     * @param stalls times the card stood still for a while or was suspended
     * @param reanchors times the clock model was anchored anew
     * @param reopened times the output was opened again
     */
    public record Breaks(long underruns, long stalls, long reanchors, long reopened) {}

    /** What the output is doing. */
    public enum OutputState {
        /** Not open yet. */
        OPENING("opening"),
        /** Playing. */
        PLAYING("playing"),
        /** Failed; silent and waiting to be opened again. */
        WAITING("waiting"),
        /** The agent has ended it. */
        STOPPED("stopped");

        private final String label;

        OutputState(String label) {
            this.label = label;
        }

        /** Returns the spelling of telemetry. */
        public String label() {
            return label;
        }
    }

    /** How an output offset came about. */
    public enum OffsetSource {
        /** Never measured. */
        UNKNOWN("unknown"),
        /** Measured by cable or microphone. */
        LOOPBACK("loopback"),
        /** Tapped along by a person. */
        BY_EAR("by_ear"),
        /** Written into the configuration. */
        CONFIGURED("configured");

        private final String label;

        OffsetSource(String label) {
            this.label = label;
        }

        /** Returns the spelling of telemetry. */
        public String label() {
            return label;
        }
    }

    /**
     * The output.
     *
     * @param state what it is doing
     * @param stateSinceNs since when, ns of CLOCK_MONOTONIC
     * @param text the line for the technician: what was granted while it plays, else what is wrong and what to do
     * @param device name of the ALSA device; null where the sound goes to a file
     * @param grant what it granted when it was last opened; null before the first time
     * @param ratePpm by how much it runs faster than nominal, parts per million
     * @param offsetMs how much later than the card says sound is taken to be heard, ms
     * @param offsetSource how that came about
     */
    public record Output(
            OutputState state,
            long stateSinceNs,
            String text,
            @Nullable String device,
            @Nullable Grant grant,
            double ratePpm,
            double offsetMs,
            OffsetSource offsetSource) {}

    /**
     * What an output granted.
     *
     * @param rateHz frames per second
     * @param bits of a sample
     * @param periodFrames frames between two wake-ups
     * @param bufferFrames frames it can queue
     */
    public record Grant(int rateHz, int bits, int periodFrames, int bufferFrames) {}

    /**
     * What the ears were given. A figure that is not known is not a number.
     *
     * @param dosePct7d sound dose of the last 7 days, percent of what is allowed
     * @param mostPct7d what that dose is at most, percent, where part of it is not known
     * @param levelDbSpl level of the cues, dB SPL
     * @param attenuationDb by how much the cues are lowered by rule, dB, at least 0
     */
    public record Exposure(double dosePct7d, double mostPct7d, double levelDbSpl, double attenuationDb) {}
}
