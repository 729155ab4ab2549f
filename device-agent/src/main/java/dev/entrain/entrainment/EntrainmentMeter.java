package dev.entrain.entrainment;

/**
 * How steps and beats go together now: figures over the latest {@value #WINDOW} steps with a beat, for status and telemetry.
 * The session's own figures are computed afterwards (room outcome) by the same definitions. Each getter goes through the
 * window. Not thread-safe; realtime-safe (0 bytes).
 */
public final class EntrainmentMeter {
    /** Steps of the window. */
    public static final int WINDOW = 32;

    /** Fewest steps of a figure. */
    public static final int FEWEST = 10;

    private static final double NS_PER_MS = 1e6;

    private final long[] timesNs = new long[WINDOW];
    private final long[] asynchroniesNs = new long[WINDOW];
    private final long[] periodsNs = new long[WINDOW];
    private final long[] place = new long[WINDOW];
    private final StepPlace places = new StepPlace();
    private long taken;

    /** Forgets everything. */
    public void reset() {
        taken = 0;
    }

    /**
     * Takes a step, as {@link LockDetector#onStep} does.
     *
     * @param timeNs initial contact, ns
     * @param paired whether a beat lies within half its period; other steps are left out
     * @param asynchronyNs step minus beat, ns
     * @param periodNs interval of the beat, ns; over 0
     */
    public void onStep(long timeNs, boolean paired, long asynchronyNs, long periodNs) {
        if (!paired || periodNs <= 0) {
            return;
        }
        long sinceNs = taken == 0 ? 0 : timeNs - timesNs[slot(taken - 1)];
        if (sinceNs < 0) {
            return;
        }
        if (taken == 0 || sinceNs > LockDetector.FORGET_NS) {
            taken = 0;
            places.start(timeNs);
        }
        int slot = slot(taken);
        place[slot] = taken == 0 ? 0 : places.next(timeNs, periodNs);
        timesNs[slot] = timeNs;
        asynchroniesNs[slot] = asynchronyNs;
        periodsNs[slot] = periodNs;
        taken++;
    }

    /** Returns whether there are enough steps for figures; all of them are NaN while there are not. */
    public boolean known() {
        return taken >= FEWEST;
    }

    /** Returns the mean of step minus beat, ms, negative = step first. */
    public double asynchronyMs() {
        if (!known()) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += asynchroniesNs[i];
        }
        return sum / size() / NS_PER_MS;
    }

    /** Returns the standard deviation of step minus beat, ms. */
    public double asynchronySdMs() {
        double meanMs = asynchronyMs();
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            double fromMs = asynchroniesNs[i] / NS_PER_MS - meanMs;
            sum += fromMs * fromMs;
        }
        return Math.sqrt(sum / (size() - 1));
    }

    /** Returns the length of the mean resultant of the relative phase, 0 to 1. */
    public double resultantLength() {
        double x = east();
        double y = north();
        return known() ? Math.sqrt(x * x + y * y) / size() : Double.NaN;
    }

    /** Returns the mean direction of the relative phase, rad, -pi to pi, negative = step first. */
    public double relativePhaseRad() {
        return known() ? Math.atan2(north(), east()) : Double.NaN;
    }

    /** Returns by how much the walker's cadence differs from the beat's, %. */
    public double tempoAccuracyPct() {
        if (!known()) {
            return Double.NaN;
        }
        double periodNs = 0;
        for (int i = 0; i < size(); i++) {
            periodNs += periodsNs[i];
        }
        periodNs /= size();
        int newest = slot(taken - 1);
        int oldest = slot(taken - size());
        double stepNs = (double) (timesNs[newest] - timesNs[oldest]) / (place[newest] - place[oldest]);
        return 100 * (periodNs / stepNs - 1);
    }

    private double east() {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += Math.cos(2 * Math.PI * asynchroniesNs[i] / periodsNs[i]);
        }
        return sum;
    }

    private double north() {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += Math.sin(2 * Math.PI * asynchroniesNs[i] / periodsNs[i]);
        }
        return sum;
    }

    private int size() {
        return (int) Math.min(taken, WINDOW);
    }

    private static int slot(long number) {
        return (int) (number % WINDOW);
    }
}
