package dev.entrain.exposure;

import java.util.ArrayList;
import java.util.List;

/**
 * The doses of the last 7 days, hour by hour of UTC. An hour rolls out when it ended 7 days ago, so what is counted is 7 days
 * and up to an hour. Not thread-safe.
 *
 * <p>A unit without a battery-backed clock does not know the time until it meets a network. The ledger's own clock therefore
 * never goes back: while the wall clock is behind, it goes on with the monotonic one. What was counted on such a clock may
 * be dated too early; when the wall clock steps forward by 10 minutes or more, all of it is dated to that moment, so it rolls
 * out rather too late than too early. A dose is thus never counted too low for want of a clock, with one exception: a wall
 * clock that is wrong into the future is believed, as after weeks in a drawer it may be right.
 */
final class DoseLedger {
    /**
     * One hour.
     *
     * @param hour hours of UTC since 1970
     * @param knownS seconds at 80 dB(A) on calibrated headphones
     * @param assumedS seconds at 80 dB(A) if headphones nobody calibrated are as loud as is assumed
     * @param dated whether the clock was right
     */
    record Hour(long hour, double knownS, double assumedS, boolean dated) {}

    /** The window, s. */
    static final long WINDOW_S = 7 * 24 * 3600;

    /** No more entries are ever kept: each hour of the window and the running one, on a right and on a doubtful clock. */
    static final int MOST_HOURS = 2 * (7 * 24 + 2);

    /** A smaller step is a clock being set right, not one that did not know the time, s. */
    static final double STEP_S = 600;

    private static final double HOUR_S = 3600;

    private final List<Hour> hours = new ArrayList<>();
    private double nowS;
    private boolean dated;

    /** Makes an empty ledger; the first {@link #pass} sets its clock. */
    DoseLedger() {}

    /**
     * Goes on with what was kept.
     *
     * @param kept hours, oldest first
     * @param nowS the ledger's clock when they were kept, s of UTC since 1970
     * @param dated whether that clock was right
     */
    DoseLedger(List<Hour> kept, double nowS, boolean dated) {
        hours.addAll(kept);
        this.nowS = nowS;
        this.dated = dated;
    }

    /**
     * Lets time pass.
     *
     * @param wallS what the wall clock says, s of UTC since 1970
     * @param elapsedS how much time has passed for sure since the last call (or since it was kept), s, at least 0
     * @param booted whether the unit was off in between, so that the clock may have lost its time
     */
    void pass(double wallS, double elapsedS, boolean booted) {
        double expectedS = nowS + Math.max(0, elapsedS);
        if (nowS == 0) {
            nowS = wallS; // The first clock ever seen: nothing says that it is right.
        } else if (wallS - expectedS >= STEP_S) {
            nowS = wallS;
            dated = true;
            redate();
        } else {
            nowS = Math.max(wallS, expectedS);
            dated &= !booted;
        }
        hours.removeIf(hour -> (hour.hour + 1) * HOUR_S <= nowS - WINDOW_S);
    }

    /**
     * Counts a sound in the present hour.
     *
     * @param knownS seconds at 80 dB(A) on calibrated headphones
     * @param assumedS the same on headphones nobody calibrated
     */
    void add(double knownS, double assumedS) {
        long hour = (long) Math.floor(nowS / HOUR_S);
        int last = hours.size() - 1;
        boolean same = last >= 0 && hours.get(last).dated == dated && hours.get(last).hour >= hour;
        if (same || hours.size() >= MOST_HOURS) {
            Hour at = hours.get(last);
            hours.set(last, new Hour(at.hour, at.knownS + knownS, at.assumedS + assumedS, at.dated));
        } else {
            hours.add(new Hour(hour, knownS, assumedS, dated));
        }
    }

    /** Returns the hours that count, oldest first. */
    List<Hour> hours() {
        return List.copyOf(hours);
    }

    /** Returns the ledger's clock, s of UTC since 1970. */
    double nowS() {
        return nowS;
    }

    /** Returns whether that clock is believed to be right. */
    boolean dated() {
        return dated;
    }

    /** Returns seconds at 80 dB(A) on calibrated headphones. */
    double knownS() {
        double sum = 0;
        for (Hour hour : hours) {
            sum += hour.knownS;
        }
        return sum;
    }

    /** Returns seconds at 80 dB(A) on headphones nobody calibrated, as assumed. */
    double assumedS() {
        double sum = 0;
        for (Hour hour : hours) {
            sum += hour.assumedS;
        }
        return sum;
    }

    private void redate() {
        double known = 0;
        double assumed = 0;
        for (Hour each : hours) {
            known += each.dated ? 0 : each.knownS;
            assumed += each.dated ? 0 : each.assumedS;
        }
        if (hours.removeIf(each -> !each.dated)) {
            add(known, assumed);
        }
    }
}
