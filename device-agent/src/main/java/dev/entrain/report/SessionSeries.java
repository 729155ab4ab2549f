package dev.entrain.report;

import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionData.Cue;
import dev.entrain.outcome.SessionData.Step;
import dev.entrain.outcome.SessionData.Stride;
import dev.entrain.sample.Foot;
import java.util.Arrays;
import java.util.List;

/**
 * A session's facts as curves to draw. Nothing here is a metric; a NaN is a gap.
 *
 * @param cadence of each two steps, 120 / (their step times), steps/min
 * @param cadenceMedian running median of the same over {@value #MEDIAN_STEPS} steps
 * @param cue tempo of the beats that sounded, beats/min
 * @param asymmetry of two steps after each other, (left - right) / (left + right), running median of {@value
 *     #MEDIAN_STEPS}
 * @param variabilityLeft coefficient of variation of the last {@value #CV_STRIDES} left strides, %
 * @param variabilityRight the same of the right
 */
public record SessionSeries(
        Curve cadence, Curve cadenceMedian, Curve cue, Curve asymmetry, Curve variabilityLeft, Curve variabilityRight) {
    /** Steps of a running median. */
    static final int MEDIAN_STEPS = 7;

    /** Strides of a running coefficient of variation. */
    static final int CV_STRIDES = 20;

    /** A pause of the steps, s: no step time. Cadence 40 a minute (Mobilise-D's least) is 1.5 s. */
    private static final double LONGEST_STEP_S = 1.5;

    /** Shortest step time, s: Mobilise-D's greatest cadence, 173 a minute. */
    private static final double SHORTEST_STEP_S = 60.0 / 173;

    /** Beats that leave so many intervals between them are two curves. */
    private static final double BEAT_GAP = 4.5;

    /** Values over time, s. */
    @SuppressWarnings("ArrayRecordComponent") // drawn, never compared
    public record Curve(double[] timeS, double[] value) {
        /** Returns the least value that a share of all lies under, 0 to 1; NaN if there is none. */
        double quantile(double share) {
            double[] sorted =
                    Arrays.stream(value).filter(v -> !Double.isNaN(v)).sorted().toArray();
            return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
        }
    }

    /** Draws the curves from the facts. */
    public static SessionSeries of(SessionData data) {
        List<Step> steps = data.steps();
        int n = steps.size();
        double[] timeS = new double[n];
        double[] spm = new double[n];
        double[] asymmetry = new double[n];
        Arrays.fill(spm, Double.NaN);
        Arrays.fill(asymmetry, Double.NaN);
        for (int i = 0; i < n; i++) {
            timeS[i] = steps.get(i).timeS();
            double last = stepS(steps, i);
            double before = stepS(steps, i - 1);
            spm[i] = 120 / (last + before); // of two steps, so that a limp does not look like haste
            double sign = steps.get(i).foot() == Foot.LEFT ? 1 : -1;
            asymmetry[i] = sign * (last - before) / (last + before);
        }
        return new SessionSeries(
                new Curve(timeS, spm),
                new Curve(timeS, runningMedian(spm)),
                beats(data.cues()),
                new Curve(timeS, runningMedian(asymmetry)),
                variability(data.strides(), Foot.LEFT),
                variability(data.strides(), Foot.RIGHT));
    }

    /** Time since the other foot's contact, s; NaN after a pause or a missed step. */
    private static double stepS(List<Step> steps, int i) {
        if (i < 1 || steps.get(i).foot() == steps.get(i - 1).foot()) {
            return Double.NaN;
        }
        double time = steps.get(i).timeS() - steps.get(i - 1).timeS();
        return time < SHORTEST_STEP_S || time > LONGEST_STEP_S ? Double.NaN : time;
    }

    private static double[] runningMedian(double[] values) {
        double[] smooth = new double[values.length];
        double[] window = new double[MEDIAN_STEPS];
        for (int i = 0; i < values.length; i++) {
            int count = 0;
            int from = Math.max(0, i - MEDIAN_STEPS / 2);
            for (int j = from; j <= Math.min(values.length - 1, i + MEDIAN_STEPS / 2); j++) {
                if (!Double.isNaN(values[j])) {
                    window[count++] = values[j];
                }
            }
            Arrays.sort(window, 0, count);
            boolean gap = Double.isNaN(values[i]) || count == 0;
            smooth[i] = gap ? Double.NaN : (window[(count - 1) / 2] + window[count / 2]) / 2;
        }
        return smooth;
    }

    /** The tempo as the grid had it; a gap where beats were silent. */
    private static Curve beats(List<Cue> cues) {
        double[] timeS = new double[2 * cues.size()];
        double[] spm = new double[2 * cues.size()];
        int n = 0;
        for (int i = 0; i < cues.size(); i++) {
            Cue cue = cues.get(i);
            if (i > 0 && cue.onsetS() - cues.get(i - 1).onsetS() > BEAT_GAP * cue.periodS()) {
                timeS[n] = cue.onsetS();
                spm[n++] = Double.NaN;
            }
            timeS[n] = cue.onsetS();
            spm[n++] = 60 / cue.periodS();
        }
        return new Curve(Arrays.copyOf(timeS, n), Arrays.copyOf(spm, n));
    }

    private static Curve variability(List<Stride> strides, Foot foot) {
        double[] timeS = new double[strides.size()];
        double[] duration = new double[strides.size()];
        double[] cv = new double[strides.size()];
        int n = 0;
        int since = 0;
        for (Stride stride : strides) {
            if (stride.foot() != foot || Double.isNaN(stride.durationS())) {
                continue;
            }
            if (n > 0 && stride.endS() - timeS[n - 1] > 2 * LONGEST_STEP_S) {
                since = n; // a pause: strides before and after it are not one walk
            }
            timeS[n] = stride.endS();
            duration[n++] = stride.durationS();
            cv[n - 1] = n - since < CV_STRIDES ? Double.NaN : cvPct(duration, n - CV_STRIDES, n);
        }
        return new Curve(Arrays.copyOf(timeS, n), Arrays.copyOf(cv, n));
    }

    private static double cvPct(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        double mean = sum / (to - from);
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return 100 * Math.sqrt(squares / (to - from - 1)) / mean;
    }
}
