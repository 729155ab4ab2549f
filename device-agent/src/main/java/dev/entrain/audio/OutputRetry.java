package dev.entrain.audio;

import dev.entrain.audio.AudioStatistics.State;
import dev.entrain.cue.CuePlanner;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Opens an output and, after each failure, opens it again: after 0.25 s, then twice as long up to 5 s, for as long as it is
 * asked. Tells the technician what is wrong, once for each cause. For the audio thread; opening is not realtime-safe.
 */
final class OutputRetry {
    private static final long BACKOFF_FIRST_NS = 250_000_000L;
    private static final long BACKOFF_LAST_NS = 5_000_000_000L;
    private static final long NS_PER_S = 1_000_000_000L;

    /** A final cue may be 60 ms old when it comes (sample transport) and is looked at every 10 ms. */
    private static final long LONGEST_LEAD_NS = CuePlanner.COMMIT_LEAD_NS - 70_000_000L;

    private final AudioOpener opener;
    private final long aheadNs;
    private final long offsetNs;
    private final AudioStatistics statistics;
    private final Counters counters;

    private boolean everOpened;
    private boolean tried;
    private long backoffNs = BACKOFF_FIRST_NS;
    private long retryNs;
    private String lastFailure = "";

    /**
     * Makes one that opens nothing yet.
     *
     * @param opener the output
     * @param aheadNs how long before the output takes it a sound is mixed, ns
     * @param offsetNs how much later than the output says a sound is heard, ns
     * @param statistics told what the output is doing
     * @param counters where openings after the first are counted
     */
    OutputRetry(AudioOpener opener, long aheadNs, long offsetNs, AudioStatistics statistics, Counters counters) {
        this.opener = opener;
        this.aheadNs = aheadNs;
        this.offsetNs = offsetNs;
        this.statistics = statistics;
        this.counters = counters;
    }

    /** Returns how long to wait until the next opening is due, ns; 0 or less when it is. */
    long dueInNs(long nowNs) {
        return tried ? retryNs - nowNs : 0;
    }

    /** Returns the output, or null after a failure, which is told. */
    @Nullable
    AudioOutput open(long nowNs) {
        try {
            AudioOutput opened = opener.open();
            if (everOpened) {
                counters.increment(Counter.AUDIO_REOPENED);
            }
            everOpened = true;
            tell(opened, nowNs);
            return opened;
        } catch (AudioException e) {
            failed(e.getMessage(), nowNs);
            return null;
        }
    }

    /** Notes why there is no sound and when to try again. */
    void failed(String why, long nowNs) {
        tried = true;
        retryNs = nowNs + backoffNs;
        backoffNs = Math.min(2 * backoffNs, BACKOFF_LAST_NS);
        statistics.state(State.WAITING, why, nowNs);
        if (!why.equals(lastFailure)) {
            lastFailure = why;
            Logger.warn("No sound: {}", why);
        }
    }

    /** The output has played for a while: the next failure is a new one and deserves a quick try. Realtime-safe. */
    void played() {
        backoffNs = BACKOFF_FIRST_NS;
        lastFailure = "";
    }

    private void tell(AudioOutput opened, long nowNs) {
        long leadFrames = opened.bufferFrames() + 2L * opened.periodFrames();
        long leadNs = leadFrames * NS_PER_S / opened.rateHz() + aheadNs;
        statistics.leadNs(leadNs + Math.max(0, offsetNs));
        statistics.slackNs((long) (opened.bufferFrames() - opened.periodFrames()) * NS_PER_S / opened.rateHz());
        if (leadNs > LONGEST_LEAD_NS) {
            Logger.warn(
                    "{} queues {} ms, more than cues are planned ahead: some will be late. Choose a hw: device.",
                    opened.describe(),
                    leadNs / 1_000_000);
        }
        statistics.granted(opened);
        statistics.state(State.PLAYING, opened.describe(), nowNs);
        // Logged before the start, because the first line of a logger takes longer than the buffer lasts.
        Logger.info("Sound plays on {}", opened.describe());
    }
}
