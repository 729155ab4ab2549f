package dev.entrain.audio;

import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.cue.Prompt;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.sample.Foot;
import org.jspecify.annotations.Nullable;

/**
 * Speaks prompts over whatever sounds: at once, one at a time, further ones in turn after a short pause.
 *
 * <p>Beats go on underneath on their frames, {@value #DUCK_DB} dB softer while words are spoken. At its onset a beat is
 * far above speech and would mask a sound of a one-word prompt; so much softer it does so for a shorter time and is still
 * heard, and where a beat is counts for walking, not how loud it is.
 *
 * <p>For one thread at a time; everything but the constructor and {@link #restart} is realtime-safe.
 */
final class PromptPlayer {
    /** Prompts that wait their turn; a further one is refused and counted. */
    static final int MOST_WAITING = 4;

    /** How much softer everything else is while words are spoken, dB. */
    static final int DUCK_DB = -9;

    /** How often words that a break of the stream cut off are begun anew. */
    static final int MOST_REPEATS = 2;

    private static final int PAUSES_PER_S = 4;
    private static final int DUCK_STEPS_PER_S = 50;
    /** How many times longer it takes to come back than to give way. */
    private static final int RELEASE_STEPS = 5;

    private final Language language;
    private final Counters counters;
    private final Prompt[] waiting = new Prompt[MOST_WAITING];
    private int waitingCount;

    private PromptRecordings recordings;
    private int rateHz;
    private @Nullable Prompt spoken;
    private int position;
    private int repeats;
    private int pauseLeft;
    /** From 0, untouched, to {@link #duckFull}. */
    private int ducked;

    private int duckFull;
    private float duckStep;

    /**
     * Makes a silent player.
     *
     * @param rateHz frames per second of the output
     * @param voices the cues the words shall be as loud as
     * @param counters where prompts begun and refused are counted
     * @throws IllegalStateException if the recordings are not in this build
     */
    PromptPlayer(Language language, int rateHz, Voices voices, Counters counters) {
        this.language = language;
        this.counters = counters;
        this.rateHz = rateHz;
        recordings = load(language, rateHz, voices);
        tune();
    }

    /** Goes on after the stream broke: what was being spoken is said again from its beginning. */
    void restart(int newRateHz, Voices voices) {
        if (newRateHz != rateHz) {
            rateHz = newRateHz;
            recordings = load(language, newRateHz, voices);
            tune();
        }
        if (spoken != null && ++repeats > MOST_REPEATS) {
            spoken = null;
        }
        position = 0;
        pauseLeft = 0;
        ducked = 0;
    }

    /** Speaks at the next frame mixed, or in turn. What is being spoken or waits already is not said twice. */
    void say(Prompt prompt) {
        if (spoken == prompt) {
            return;
        }
        for (int i = 0; i < waitingCount; i++) {
            if (waiting[i] == prompt) {
                return;
            }
        }
        if (waitingCount == MOST_WAITING) {
            counters.increment(Counter.PROMPTS_REFUSED);
        } else {
            waiting[waitingCount++] = prompt;
        }
    }

    /** Forgets what waits; what is being spoken goes on. */
    void forgetWaiting() {
        waitingCount = 0;
    }

    /** Forgets everything at once: in silence, and while nothing is heard, for words that come minutes late would mislead. */
    void forget() {
        waitingCount = 0;
        pauseLeft = 0;
        end();
        ducked = 0;
    }

    /**
     * Adds the next frames of speech to the left channel, over what is there already.
     *
     * @param level factor for a recording's full scale
     */
    void mix(float[] stereo, int frames, float level) {
        int frame = 0;
        while (frame < frames && (spoken != null || waitingCount > 0 || ducked > 0)) {
            if (spoken == null && waitingCount > 0 && pauseLeft == 0) {
                begin();
            }
            duck(spoken != null || waitingCount > 0);
            float sum = stereo[2 * frame];
            if (ducked > 0) {
                sum *= 1 - ducked * duckStep;
            }
            stereo[2 * frame] = sum + nextSample() * level;
            frame++;
        }
        if (frame < frames) {
            pauseLeft = Math.max(0, pauseLeft - (frames - frame));
        }
    }

    private void begin() {
        spoken = waiting[0];
        waitingCount--;
        for (int i = 0; i < waitingCount; i++) {
            waiting[i] = waiting[i + 1];
        }
        position = 0;
        repeats = 0;
        counters.increment(Counter.PROMPTS);
    }

    /** Returns the next sample of speech, 1 for a recording's full scale. */
    private float nextSample() {
        Prompt prompt = spoken;
        if (prompt == null) {
            pauseLeft = Math.max(0, pauseLeft - 1);
            return 0;
        }
        short[] recording = recordings.of(prompt);
        float sample = recording[position++] / (float) Short.MAX_VALUE;
        if (position == recording.length) {
            end();
            pauseLeft = rateHz / PAUSES_PER_S;
        }
        return sample;
    }

    private void end() {
        spoken = null;
        position = 0;
    }

    private void duck(boolean speech) {
        ducked = speech ? Math.min(duckFull, ducked + RELEASE_STEPS) : Math.max(0, ducked - 1);
    }

    private void tune() {
        duckFull = RELEASE_STEPS * (rateHz / DUCK_STEPS_PER_S);
        duckStep = (float) ((1 - Math.pow(10, DUCK_DB / 20.0)) / duckFull);
    }

    private static PromptRecordings load(Language language, int rateHz, Voices voices) {
        return new PromptRecordings(language, rateHz, KWeighting.energy(voices.of(Voice.ACCENT, Foot.LEFT), rateHz));
    }
}
