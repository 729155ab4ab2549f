package dev.entrain.device;

import java.util.Arrays;

/**
 * Decides from the gauge's readings when the battery is low and when the unit must switch itself off. Pure; not thread-safe.
 *
 * <ul>
 *   <li>Charge, voltage and rate are the medians of the last {@value #WINDOW} readings, so that two wild ones in a row mean
 *       nothing. A reading that cannot be true is not taken: a voltage no lithium cell has, or little charge at a voltage
 *       that only a well charged cell holds (a gauge that lost its way after a reset).
 *   <li>Low: at {@value #LOW_PCT} % or less, until {@value #GOOD_PCT} % or until it is charged.
 *   <li>Empty: at the limit or less, or under {@value #EMPTY_VOLTS} V whatever the gauge says of the charge (the converter
 *       behind it would fail soon), for {@value #EMPTY_LOOKS} looks in a row, never while it is charged. It stays so.
 *   <li>After {@value #FORGET_S} s without a reading nothing is known any more.
 * </ul>
 */
public final class BatteryPolicy {
    /** Charge at which the battery is low, %. */
    public static final int LOW_PCT = 15;

    /** Charge at which it no longer is, %: what is read off a voltage moves with the load. */
    public static final int GOOD_PCT = 20;

    static final int WINDOW = 5;
    static final int EMPTY_LOOKS = 3;
    static final double EMPTY_VOLTS = 3.1;
    static final int FORGET_S = 60;

    /** A lithium cell in use; outside the wire or the gauge is broken, V. */
    private static final double LEAST_VOLTS = 2.5;

    private static final double MOST_VOLTS = 4.5;

    /** A gauge may tell a little over 100, %. */
    private static final double MOST_PCT = 110;

    /** No cell under load holds this voltage with so little charge, V and %. */
    private static final double FULL_VOLTS = 3.9;

    private static final double NEARLY_EMPTY_PCT = 20;

    /** The gauge's rate is an average with some bits of noise, % an hour. */
    private static final double CHARGING_PCT_PER_HOUR = 0.5;

    private static final long FORGET_NS = FORGET_S * 1_000_000_000L;

    private final int shutdownPct;
    private final double[] charge = new double[WINDOW];
    private final double[] volts = new double[WINDOW];
    private final double[] rate = new double[WINDOW];
    private final double[] sorted = new double[WINDOW];
    private int filled;
    private int next;
    private int emptyLooks;
    private long lastNs;
    private boolean low;
    private boolean empty;

    /**
     * Makes a policy.
     *
     * @param shutdownPct charge at which the unit must switch itself off, %
     */
    public BatteryPolicy(int shutdownPct) {
        this.shutdownPct = shutdownPct;
    }

    /**
     * Takes a reading.
     *
     * @return whether it can be true; one that can't is not counted
     */
    public boolean take(BatteryReading reading, long nowNs) {
        if (!plausible(reading)) {
            return false;
        }
        if (filled > 0 && nowNs - lastNs > FORGET_NS) {
            forget();
        }
        lastNs = nowNs;
        charge[next] = reading.chargePct();
        volts[next] = reading.volts();
        rate[next] = reading.ratePctPerHour();
        next = (next + 1) % WINDOW;
        filled = Math.min(filled + 1, WINDOW);
        if (filled == WINDOW) {
            judge();
        }
        return true;
    }

    /**
     * Returns what is believed now.
     *
     * @param trouble why the gauge does not answer; empty while it does
     */
    public BatteryState state(long nowNs, String trouble) {
        if (filled > 0 && nowNs - lastNs > FORGET_NS) {
            forget();
        }
        if (filled < WINDOW) {
            return new BatteryState(BatteryState.UNKNOWN, Double.NaN, false, false, empty, trouble);
        }
        int percent = (int) Math.clamp(Math.floor(median(charge)), 0, 100);
        return new BatteryState(percent, median(volts), charging(), low, empty, trouble);
    }

    private static boolean plausible(BatteryReading reading) {
        boolean cell = reading.volts() >= LEAST_VOLTS && reading.volts() <= MOST_VOLTS;
        boolean share = reading.chargePct() >= 0 && reading.chargePct() <= MOST_PCT;
        boolean contrary = reading.chargePct() < NEARLY_EMPTY_PCT
                && reading.volts() > FULL_VOLTS
                && reading.ratePctPerHour() <= CHARGING_PCT_PER_HOUR;
        return cell && share && !contrary;
    }

    private void judge() {
        boolean charged = charging();
        double percent = median(charge);
        low = !charged && (low ? percent < GOOD_PCT : percent <= LOW_PCT);
        boolean spent = !charged && (percent <= shutdownPct || median(volts) < EMPTY_VOLTS);
        emptyLooks = spent ? emptyLooks + 1 : 0;
        empty |= emptyLooks >= EMPTY_LOOKS;
    }

    private boolean charging() {
        return median(rate) > CHARGING_PCT_PER_HOUR;
    }

    private void forget() {
        filled = 0;
        next = 0;
        emptyLooks = 0;
        low = false;
    }

    private double median(double[] values) {
        System.arraycopy(values, 0, sorted, 0, WINDOW);
        Arrays.sort(sorted);
        return sorted[WINDOW / 2];
    }
}
