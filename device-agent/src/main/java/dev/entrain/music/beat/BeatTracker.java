package dev.entrain.music.beat;

import dev.entrain.music.BeatGrid;
import java.util.Arrays;

/**
 * Finds the beats of a recording, offline: it is fed from beginning to end and then asked once. Onset strength in three
 * ranges of pitch ({@link OnsetFront}), the tempo second by second ({@link Tempogram}), the level of the metre that people
 * tap ({@link Metre}), the best row of beats by dynamic programming ({@link BeatPath}), each moved to the onset it stands
 * for ({@link BeatRefiner}), and the bar ({@link BarFinder}).
 *
 * <p>Time O(length); memory some 12 kB a second of music while it is fed and twice that in {@link #finish}, up to
 * {@value #MOST_HOURS} hours; what comes after is not heard. Nothing is random: the same sound gives the same beats.
 * Not thread-safe.
 */
public final class BeatTracker {
    /** Longest recording that is heard. */
    public static final int MOST_HOURS = 3;

    /** Slowest and fastest sampling rate it takes. */
    public static final int LEAST_RATE_HZ = 4000;

    public static final int MOST_RATE_HZ = 384_000;

    /** Fewer beats than this are none. */
    private static final int LEAST_BEATS = 4;

    /** At the ends a beat must have this share of the usual strength around it. */
    private static final double LEAST_STRENGTH_SHARE = 0.2;

    private static final double LEAST_S = 2;
    private static final double[] RANGE_WEIGHTS = {1, 1, 1};
    private static final double THUMP_WEIGHT = 0.7;

    /** Correlation of one beat with the next that chance gives, and that of a machine. */
    private static final double CHANCE = 0.15;

    private static final double PLAIN = 0.65;

    private final int rateHz;
    private final OnsetFront front;
    private long left;
    private boolean finished;

    /**
     * Prepares for a recording.
     *
     * @param rateHz its sampling rate, {@value #LEAST_RATE_HZ} to {@value #MOST_RATE_HZ}
     * @throws IllegalArgumentException if the rate is outside the range
     */
    public BeatTracker(int rateHz) {
        if (rateHz < LEAST_RATE_HZ || rateHz > MOST_RATE_HZ) {
            throw new IllegalArgumentException(
                    "a rate of " + rateHz + " Hz is outside " + LEAST_RATE_HZ + " to " + MOST_RATE_HZ + " Hz");
        }
        this.rateHz = rateHz;
        front = new OnsetFront(rateHz);
        left = MOST_HOURS * 3600L * rateHz;
    }

    /**
     * Takes what comes next.
     *
     * @param mono samples of one channel, full scale = 1; what is no number counts as silence
     * @param frames how many of them
     * @throws IllegalStateException after {@link #finish}
     */
    public void feed(float[] mono, int frames) {
        if (finished) {
            throw new IllegalStateException("the recording has ended");
        }
        int heard = (int) Math.min(frames, left);
        left -= heard;
        front.feed(mono, heard);
    }

    /**
     * Ends the recording and finds its beats; asked once.
     *
     * @throws IllegalStateException if asked twice
     */
    public BeatGrid finish() {
        if (finished) {
            throw new IllegalStateException("the recording has ended");
        }
        finished = true;
        double lengthS = MOST_HOURS * 3600.0 - left / (double) rateHz;
        front.finish();
        if (lengthS < LEAST_S) {
            return BeatGrid.NONE;
        }
        double frameHz = front.frameHz();
        float[] thump = Envelope.of(new float[][] {front.flux(OnsetFront.THUMP)}, new double[] {1}, frameHz);
        float[] envelope =
                Envelope.of(new float[][] {front.flux(0), front.flux(1), front.flux(2)}, RANGE_WEIGHTS, frameHz);
        Tempogram tempogram = new Tempogram(envelope, frameHz);
        Metre.Level level = metre(envelope, thump, tempogram).choose();
        double clarity = clarity(tempogram, level.periodS);
        double[] beatsS = sounding(level.frames, envelope);
        for (int i = 0; i < beatsS.length; i++) {
            beatsS[i] /= frameHz;
        }
        beatsS = inside(new BeatRefiner(front.fine()).refined(beatsS, front.fluxLateS()), lengthS);
        if (beatsS.length < LEAST_BEATS || clarity == 0) {
            return BeatGrid.NONE;
        }
        return grid(beatsS, clarity, BarFinder.find(beatsS, new Harmony(front), thump, frameHz));
    }

    /** Leaves out beats before anything begins and after all has ended. */
    private static double[] sounding(double[] frames, float[] envelope) {
        double[] strength = new double[frames.length];
        for (int i = 0; i < frames.length; i++) {
            double before = i > 0 ? frames[i] - frames[i - 1] : frames.length > 1 ? frames[1] - frames[0] : 0;
            strength[i] = Envelope.peakNear(envelope, frames[i], (int) (before / 2));
        }
        double least = LEAST_STRENGTH_SHARE * Envelope.median(strength, strength.length);
        int from = 0;
        int to = frames.length;
        while (from < to && strength[from] < least) {
            from++;
        }
        while (to > from && strength[to - 1] < least) {
            to--;
        }
        return Arrays.copyOfRange(frames, from, to);
    }

    private Metre metre(float[] envelope, float[] thump, Tempogram tempogram) {
        float[] both = envelope.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] += (float) (THUMP_WEIGHT * thump[i]);
        }
        return new Metre(both, thump, front.frameHz(), tempogram);
    }

    private static double clarity(Tempogram tempogram, double[] periodS) {
        double sum = 0;
        for (int w = 0; w < periodS.length; w++) {
            sum += tempogram.correlation(w, periodS[w]);
        }
        return Math.clamp((sum / periodS.length - CHANCE) / (PLAIN - CHANCE), 0, 1);
    }

    /** Leaves out what lies before the first frame or behind the last, and what does not ascend. */
    private static double[] inside(double[] beatsS, double lengthS) {
        double[] kept = new double[beatsS.length];
        int count = 0;
        for (double beatS : beatsS) {
            if (beatS >= 0 && beatS < lengthS && (count == 0 || beatS > kept[count - 1])) {
                kept[count++] = beatS;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static BeatGrid grid(double[] beatsS, double clarity, BarFinder.Bar bar) {
        int intervals = beatsS.length - 1;
        double[] interval = new double[intervals];
        double mean = (beatsS[intervals] - beatsS[0]) / intervals;
        double square = 0;
        for (int i = 0; i < intervals; i++) {
            interval[i] = beatsS[i + 1] - beatsS[i];
            square += (interval[i] - mean) * (interval[i] - mean) / intervals;
        }
        double bpm = 60 / Envelope.median(interval, intervals);
        return new BeatGrid(beatsS, bar.beats(), bar.first(), bpm, Math.sqrt(square) / mean, clarity);
    }
}
