package dev.entrain.audio;

import org.jspecify.annotations.Nullable;

/** What the audio thread tells the others, beside the counters. Any thread reads; only the audio thread writes. */
public final class AudioStatistics {
    /** What the output is doing. */
    public enum State {
        /** Not open yet. */
        OPENING,
        /** Playing. */
        PLAYING,
        /** Failed; silent and waiting to be opened again. */
        WAITING,
        /** Ended. */
        STOPPED
    }

    /**
     * What the output granted.
     *
     * @param rateHz frames per second
     * @param bits of a sample
     * @param periodFrames frames between two wake-ups
     * @param bufferFrames frames it can queue
     */
    public record Grant(int rateHz, int bits, int periodFrames, int bufferFrames) {}

    private volatile State state = State.OPENING;
    private volatile long stateSinceNs;
    private volatile @Nullable Grant grant;
    private volatile String description = "not open";
    private volatile long rounds;
    private volatile long framesWritten;
    private volatile long leadNs;
    private volatile long slackNs;
    private volatile double ratePpm;
    private volatile int worstErrorFrames;
    private volatile long movesRefused;
    private final TimingHistogram onsets = new TimingHistogram();
    private final TimingHistogram stalls = new TimingHistogram();
    private final TimingHistogram residuals = new TimingHistogram();

    /** Returns what the output is doing. */
    public State state() {
        return state;
    }

    /** Returns the output as granted while playing, otherwise what is wrong and what to do; one line. */
    public String description() {
        return description;
    }

    /** Returns since when the output has been doing that, ns of CLOCK_MONOTONIC; 0 before the audio thread runs. */
    public long stateSinceNs() {
        return stateSinceNs;
    }

    /** Returns what the output granted when it was last opened; null before the first time. */
    public @Nullable Grant grant() {
        return grant;
    }

    /** Returns how many rounds the audio loop has made: it moves whether or not there is a card, or the loop hangs. */
    public long rounds() {
        return rounds;
    }

    /** Returns frames written since the start, all openings together; the next frame has this index. */
    public long framesWritten() {
        return framesWritten;
    }

    /** Returns how long before its onset a cue must arrive to be sure not to be late, ns; 0 before the first opening. */
    public long leadNs() {
        return leadNs;
    }

    /** Returns how long the audio thread may be held up before the card runs dry, ns; 0 before the first opening. */
    public long slackNs() {
        return slackNs;
    }

    /** Returns by how much the card runs faster than nominal, parts per million. */
    public double ratePpm() {
        return ratePpm;
    }

    /** Returns the largest distance between the frame a cue was written on and the one the clock model asked for. */
    public int worstErrorFrames() {
        return worstErrorFrames;
    }

    /** Returns how many moves came when the cue sounded already or was committed. */
    public long movesRefused() {
        return movesRefused;
    }

    /**
     * Returns how far from its planned moment each cue was heard, by the card's own clock, looked at 2 s later. Rounding to
     * the nearest frame alone gives up to half a frame, 10.4 us at 48 kHz.
     */
    public TimingHistogram onsets() {
        return onsets;
    }

    /** Returns by how much the audio thread woke later than the card was ready, one entry for each cycle. */
    public TimingHistogram stalls() {
        return stalls;
    }

    /**
     * Returns by how much each report of the card's position differed from what the clock model expected; a report that was
     * asked for late counts as it came.
     */
    public TimingHistogram residuals() {
        return residuals;
    }

    void state(State newState, String newDescription, long nowNs) {
        description = newDescription;
        if (newState != state || stateSinceNs == 0) {
            stateSinceNs = nowNs;
        }
        state = newState;
    }

    void rounds(long made) {
        rounds = made;
    }

    void granted(AudioOutput output) {
        grant = new Grant(output.rateHz(), output.bits(), output.periodFrames(), output.bufferFrames());
    }

    void leadNs(long newLeadNs) {
        leadNs = newLeadNs;
    }

    void slackNs(long newSlackNs) {
        slackNs = newSlackNs;
    }

    void cycle(CueMixer mixer, CardFrameClock clock) {
        framesWritten = mixer.nextFrame();
        ratePpm = clock.ratePpm();
        worstErrorFrames = mixer.worstErrorFrames();
        movesRefused = mixer.movesRefused();
    }
}
