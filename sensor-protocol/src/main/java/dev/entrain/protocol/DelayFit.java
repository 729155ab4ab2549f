package dev.entrain.protocol;

import java.util.Arrays;

/**
 * Fits a straight line under the delays of a device's messages: the least-delayed arrivals tell the true relation of two
 * clocks, whatever the others suffered.
 *
 * <p>Time is cut into at most {@value #BUCKETS} buckets, each remembered by its least-delayed arrival. When all are used,
 * neighbours are merged and buckets become twice as long, so that the window grows from a quarter of a second to about
 * two minutes with the same memory. The line is the edge of the lower convex hull of the bucket minima below their mean
 * (Moon, Skelly and Towsley, "Estimation and removal of clock skew from network delay measurements", INFOCOM 1999), drawn
 * towards zero skew while the window is too short to tell, then lowered until no arrival lies under it.
 *
 * <p>Sending at fixed intervals over a line that delivers at fixed intervals makes delays come in steps (10 ms into 16 ms
 * gives steps of 2 ms), and all of them drift together until one falls off the end: the least delay seen is then up to a
 * step too long, and looks steady. A histogram of recent delays shows the step; the line is put in the middle of what is
 * possible, and the step counts as uncertainty.
 *
 * <p>Not thread-safe; realtime-safe: allocates nothing after construction, refits at most once per bucket.
 */
final class DelayFit {
    /** Most points kept. */
    static final int BUCKETS = 32;

    private static final double FIRST_SPAN_NS = 0.25e9;
    private static final double LONGEST_SPAN_NS = 4e9;

    /** Spread of skews expected before anything is known, as a share of the largest believed. */
    private static final double PRIOR_SHARE = 0.2;

    /** Delay a first arrival may have over the least one: a 16 ms USB-serial latency timer and a little. */
    private static final double PRIOR_DELAY_NS = 20e6;

    /** Histogram of delays over the line, up to the 16 ms of a USB-serial latency timer and a little. */
    private static final int BINS = 40;

    private static final double BIN_NS = 0.5e6;

    /** What is left when everything fits: scheduling of the reader thread, tick resolution. */
    private static final double FLOOR_NS = 0.1e6;

    private final double maxSkew;
    private final double priorSkew;
    private final double[] xNs = new double[BUCKETS];
    private final double[] dNs = new double[BUCKETS];
    private final int[] hull = new int[BUCKETS];
    private final double[] residualNs = new double[BUCKETS];
    private final int[] heights = new int[BINS];

    /** Closed buckets; the open one is at index count. */
    private int count;

    private double spanNs;
    private double openSinceNs;
    private boolean open;
    private long arrivals;
    private long lastArrivalNs;

    private double skew;
    private double interceptNs;
    private double skewErr;
    private double spreadNs;
    private double stepNs;
    private double centreNs;
    private double messageNs;

    /**
     * Makes a fit that knows nothing.
     *
     * @param maxSkew largest believed skew between device and host, as a fraction
     */
    DelayFit(double maxSkew) {
        this.maxSkew = maxSkew;
        priorSkew = PRIOR_SHARE * maxSkew;
        reset();
    }

    /** Forgets everything. */
    void reset() {
        count = 0;
        spanNs = FIRST_SPAN_NS;
        open = false;
        arrivals = 0;
        skew = 0;
        interceptNs = 0;
        skewErr = priorSkew;
        spreadNs = 0;
        stepNs = 0;
        centreNs = 0;
        Arrays.fill(heights, 0);
    }

    /** Returns the line at a device time: what to add to it for host time, ns. */
    double at(double x) {
        // The least delay seen is 0 to one step over the least there is, unless buckets differ because they saw it all.
        return interceptNs + skew * x - Math.max(0, stepNs / 2 - spreadNs);
    }

    /** Returns the slope: how much longer a host second is than a device second, as a fraction. */
    double skew() {
        return skew;
    }

    /** Returns how far the line may be from the true one at a device time, about 95 %, ns. */
    double errorNs(double x) {
        double acquisitionNs = PRIOR_DELAY_NS / (1 + 0.25 * arrivals);
        return FLOOR_NS + acquisitionNs + Math.max(spreadNs, stepNs / 2) + 2 * skewErr * Math.abs(x - centreNs);
    }

    /**
     * Takes an arrival in.
     *
     * @param x device time, ns since the anchor
     * @param d arrival less device time, ns
     * @param arrivalNs host time of the arrival, to tell messages from readings of one message
     */
    void add(double x, double d, long arrivalNs) {
        if (arrivals == 0) {
            interceptNs = d;
            centreNs = x;
        }
        if (arrivals == 0 || arrivalNs != lastArrivalNs) {
            if (arrivals > 0) {
                countHeight();
            }
            arrivals++;
            lastArrivalNs = arrivalNs;
        }
        messageNs = d - skew * x - interceptNs;
        if (open && x - openSinceNs >= spanNs) {
            close();
        }
        if (!open) {
            open = true;
            openSinceNs = x;
            xNs[count] = x;
            dNs[count] = d;
        } else if (d - skew * x < dNs[count] - skew * xNs[count]) {
            xNs[count] = x;
            dNs[count] = d;
        }
        // No message arrives before it was made, so the line gives way at once; its slope waits for the next fit.
        interceptNs = Math.min(interceptNs, d - skew * x);
    }

    /** Puts the last message into the histogram, at the delay of its newest reading. */
    private void countHeight() {
        int bin = (int) (Math.max(0, messageNs) / BIN_NS);
        if (bin < BINS) {
            heights[bin]++;
        }
    }

    /** Finds the widest step between delays that are common, then lets the histogram forget half. */
    private void findStep() {
        int total = 0;
        for (int i = 0; i < BINS; i++) {
            total += heights[i];
        }
        int widest = 0;
        int below = 0;
        int last = -1;
        for (int i = 0; i < BINS && below * 4 < total * 3; i++) {
            below += heights[i];
            if (heights[i] * 50 > total) {
                widest = last >= 0 ? Math.max(widest, i - last) : widest;
                last = i;
            }
        }
        stepNs = widest > 1 ? widest * BIN_NS : 0;
        for (int i = 0; i < BINS; i++) {
            heights[i] /= 2;
        }
    }

    private void close() {
        open = false;
        count++;
        findStep();
        refit();
        if (count == BUCKETS) {
            makeRoom();
        }
    }

    private void makeRoom() {
        if (spanNs >= LONGEST_SPAN_NS) {
            System.arraycopy(xNs, 1, xNs, 0, BUCKETS - 1);
            System.arraycopy(dNs, 1, dNs, 0, BUCKETS - 1);
            count = BUCKETS - 1;
            return;
        }
        for (int i = 0; i < BUCKETS / 2; i++) {
            int first = 2 * i;
            int second = first + 1;
            int best = dNs[first] - skew * xNs[first] <= dNs[second] - skew * xNs[second] ? first : second;
            xNs[i] = xNs[best];
            dNs[i] = dNs[best];
        }
        count = BUCKETS / 2;
        spanNs *= 2;
    }

    private void refit() {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += xNs[i];
        }
        centreNs = sum / count;
        double widthNs = xNs[count - 1] - xNs[0];
        if (count < 3 || widthNs <= 0) {
            lower(skew);
            spreadNs = Math.max(spreadNs, median());
            return;
        }
        double raw = Math.clamp(hullSlope(), -maxSkew, maxSkew);
        lower(raw);
        spreadNs = median();
        // Two points wrong by the spread at the ends of the window turn the line by this much.
        double measuredErr = 2 * (Math.max(spreadNs, stepNs / 2) + FLOOR_NS) / widthNs;
        double trust = priorSkew * priorSkew / (priorSkew * priorSkew + measuredErr * measuredErr);
        skewErr = Math.sqrt(trust) * measuredErr;
        lower(raw * trust);
    }

    /** Gives the line a slope and the greatest height under all points. */
    private void lower(double slope) {
        skew = slope;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, dNs[i] - slope * xNs[i]);
        }
        interceptNs = least;
    }

    /** Slope of the lower hull's edge that lies under the mean of the points' times. */
    private double hullSlope() {
        int size = 0;
        for (int i = 0; i < count; i++) {
            while (size >= 2 && !turnsUp(hull[size - 2], hull[size - 1], i)) {
                size--;
            }
            hull[size++] = i;
        }
        for (int i = 1; i < size; i++) {
            int right = hull[i];
            if (xNs[right] >= centreNs || i == size - 1) {
                int left = hull[i - 1];
                double run = xNs[right] - xNs[left];
                return run > 0 ? (dNs[right] - dNs[left]) / run : skew;
            }
        }
        return skew;
    }

    private boolean turnsUp(int a, int b, int c) {
        return (dNs[b] - dNs[a]) * (xNs[c] - xNs[b]) < (dNs[c] - dNs[b]) * (xNs[b] - xNs[a]);
    }

    /** Median height of the points over the line; a stall spoils a few buckets, not this. */
    private double median() {
        for (int i = 0; i < count; i++) {
            double residual = dNs[i] - skew * xNs[i] - interceptNs;
            int j = i;
            for (; j > 0 && residualNs[j - 1] > residual; j--) {
                residualNs[j] = residualNs[j - 1];
            }
            residualNs[j] = residual;
        }
        return residualNs[count / 2];
    }
}
