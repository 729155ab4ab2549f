package dev.entrain.cue;

import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;

/**
 * The answer to freezing of gait: beats from the moment the freeze is noticed, for as long as it lasts and never fewer
 * than asked, then released. Their tempo is the walker's before the freeze, or less as prescribed, and never faster than
 * the beats that were there already. While it lasts, the missing of steps silences nothing: that the walker does not step
 * is what is being answered.
 *
 * <p>It ends when the freeze is over (told, or {@value #STEADY_STEPS} steps in the walker's rhythm), at the latest after
 * {@link #MOST_NS}; then the policy goes on where there is one that cues and the walker walks within 3 s, otherwise the
 * last {@value #FADE_BEATS} beats fade. A freeze is answered once, however long it lasts. Not thread-safe; realtime-safe.
 */
final class FreezeAnswer {
    /** Fewest beats of an answer unless more are prescribed (on-demand cueing, clinical ground). */
    static final int FEWEST_BEATS = 8;

    /** How much slower than the walker's tempo an answer is unless prescribed, %; faster is never tried in a freeze. */
    static final int SLOWER_PCT = 10;

    /** Longest answer: most freezes last under 10 s and few over 30 s (Schaafsma et al. 2003); beats then do not help. */
    static final long MOST_NS = 30_000_000_000L;

    /** Beats that fade. */
    static final int FADE_BEATS = 3;

    /** Steps in rhythm that end a freeze even if nobody tells so. */
    static final int STEADY_STEPS = 4;

    /** Time for {@link #STEADY_STEPS} first steps after a freeze, ns. */
    private static final long FIRST_STEPS_NS = 3_000_000_000L;

    private enum State {
        IDLE,
        SOUNDING,
        FADING
    }

    private boolean asked;
    private double tempoPct = -SLOWER_PCT;
    private int fewest = FEWEST_BEATS;
    private State state = State.IDLE;
    private boolean frozen;
    private int beats;
    private int steadySteps;
    private long begunNs;
    private long notDueNs;
    private long periodNs;
    private long usualNs;
    private long lastContactNs;
    private boolean gaveOne;
    private long endedNs;

    void ask(boolean on, double pct, int leastBeats) {
        asked = on;
        tempoPct = Math.min(pct, 0);
        fewest = Math.max(leastBeats, FEWEST_BEATS);
        if (!on && state == State.SOUNDING) {
            fade();
        }
    }

    /** Returns whether freezes are to be answered whatever the policy. */
    boolean asked() {
        return asked;
    }

    /** Takes a gait event, contacts and the end of a freeze; the beginning is {@link #begin}. */
    void onGaitEvent(GaitEvent event, Walker walker) {
        if (event.kind == GaitEvent.Kind.INITIAL_CONTACT) {
            long intervalNs = event.timeNs - lastContactNs;
            boolean inRhythm = usualNs > 0 && intervalNs > usualNs / 2 && intervalNs < 2 * usualNs;
            steadySteps = inRhythm ? steadySteps + 1 : 0;
            lastContactNs = event.timeNs;
            if (!frozen && walker.steps().steady()) {
                usualNs = walker.periodNs();
            }
            frozen = frozen && steadySteps < STEADY_STEPS;
        } else if (event.kind == GaitEvent.Kind.FREEZE_OFF) {
            frozen = false;
        } else if (event.kind == GaitEvent.Kind.FREEZE_ON) {
            frozen = true;
            steadySteps = 0;
        }
    }

    /** Returns the walker's step period while he last walked steadily, else as far as seen, ns; 0 if never. */
    long usualNs(Walker walker) {
        return usualNs > 0 ? usualNs : walker.periodNs();
    }

    /**
     * Begins an answer, unless nothing is known of how the walker walks. A new freeze during an answer counts its beats
     * and its time from now on.
     *
     * @param nowNs the present
     * @param walker what is known of the walker
     * @param beatNs interval of the beats that sound already, ns; 0 if none do but those of an answer, or on the way back from it
     */
    void begin(long nowNs, Walker walker, long beatNs) {
        long walkedNs = Math.max(usualNs(walker), beatNs);
        if (walkedNs == 0) {
            return;
        }
        if (state == State.IDLE) {
            periodNs = Math.round(walkedNs / (1 + tempoPct / 100));
        }
        state = State.SOUNDING;
        beats = 0;
        begunNs = nowNs;
    }

    boolean active() {
        return state != State.IDLE;
    }

    /** Returns whether it is time to let go: the freeze is over and beats enough were made, or it took too long. */
    boolean due(long nowNs) {
        boolean due = state == State.SOUNDING && ((!frozen && beats >= fewest) || nowNs - begunNs >= MOST_NS);
        if (!due) {
            notDueNs = nowNs;
        }
        return due;
    }

    /** Returns whether a walker who is about to be handed over may still be given time for his first steps. */
    boolean patient(long nowNs) {
        return nowNs - notDueNs < FIRST_STEPS_NS && nowNs - begunNs < MOST_NS;
    }

    /** Returns whether the walker walks again, so that a policy can go on. */
    boolean walksAgain() {
        return steadySteps >= STEADY_STEPS;
    }

    void fade() {
        state = State.FADING;
        beats = 0;
    }

    boolean faded() {
        return state == State.FADING && beats >= FADE_BEATS;
    }

    void end(long nowNs) {
        if (state != State.IDLE) {
            gaveOne = true;
            endedNs = nowNs;
        }
        state = State.IDLE;
    }

    /**
     * Returns whether no answer sounds and since the last one there was time to get back from its tempo, as fast as tempo
     * may change.
     */
    boolean over(long nowNs) {
        double slower = 1 / (1 + tempoPct / 100) - 1;
        return state == State.IDLE && (!gaveOne || nowNs - endedNs >= Math.round(slower / CueLimits.SLEW_PER_S * 1e9));
    }

    /** Takes note of a beat that is final. */
    void onBeat() {
        beats++;
    }

    /** Returns the loudness of the next beat, 0 to 1. */
    float gain() {
        return state == State.FADING ? Math.max(0f, 1f - (beats + 1f) / (FADE_BEATS + 1f)) : 1f;
    }

    void proposeFirst(Walker walker, long earliestNs, Beat out) {
        out.even(earliestNs, periodNs, walker.newest().other());
    }

    void proposeNext(Beat last, Beat out) {
        Foot foot = last.foot.other();
        out.even(last.gridNs + periodNs, periodNs, foot);
    }
}
