package dev.entrain.gait.track;

import dev.entrain.gait.FootAlignment.State;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.alignment.ClipWatch;
import dev.entrain.gait.alignment.GyroBias;
import dev.entrain.gait.alignment.MountingWatch;
import dev.entrain.gait.alignment.MountingWatch.Verdict;
import dev.entrain.gait.alignment.SampleHistory;
import dev.entrain.gait.alignment.SideCheck;
import dev.entrain.gait.alignment.SmoothRate;
import dev.entrain.gait.alignment.SwingAxis;
import dev.entrain.gait.alignment.SwingSign;
import dev.entrain.gait.stride.LevelError;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;

/**
 * Finds how a foot's sensor sits - the gyroscope's bias, the axis about which the leg swings and its sign - and watches
 * whether it stays so. Until it is found, the last seconds of readings are kept, to be gone through again.
 *
 * <p>For each reading first {@link #sense}, then {@link #watch}. Not thread-safe; realtime-safe.
 */
final class SensorMounting {
    /** What a reading changed. */
    enum News {
        NONE,
        /** Axis and sign are found; {@link #history} holds the readings from {@link #firstToLookAt} on. */
        FOUND,
        /** The sensor sits otherwise; the walk goes on. */
        TURNED,
        /** What was thought to be the swing was not. */
        FLIPPED,
        /** Nothing is known any more. */
        LOST
    }

    /** Readings kept for the first steps: {@link #LOOK_BACK_S} at 400 Hz. */
    private static final int HISTORY = 1600;

    /** Older readings say nothing about the walk that has begun, s: two slow strides. */
    private static final double LOOK_BACK_S = 4.0;

    /** Between two attempts at finding the axis, s: each goes through the history once or twice. */
    private static final double ATTEMPT_S = 0.1;

    /** Votes that decide the sign first: half a clear stride, which one push-off and swing after standing exceed. */
    private static final double DECIDE = 0.8;

    /** The smallest swing of a foot that walks, rad. */
    private static final double LEAST_SWING_RAD = 0.1;

    /** Votes against the present sign that overturn it: more than one odd step can give. */
    private static final double OVERTURN = -1.0;

    /** The axis is refreshed when the foot is flat, and at the latest after this time, s. */
    private static final double REFRESH_S = 3.0;

    /** A longer time between samples says nothing about the rate in between, s. */
    private static final double LONGEST_STEP_S = 0.1;

    private final Foot foot;
    private final SwingAxis axis = new SwingAxis();
    private final SwingSign sign = new SwingSign();
    private final GyroBias bias = new GyroBias();
    private final ClipWatch clips = new ClipWatch();
    private final MountingWatch watch = new MountingWatch();
    private final AlignmentReport report;
    private final SmoothRate smooth = new SmoothRate();
    private final SmoothRate replaySmooth = new SmoothRate();
    private final SampleHistory history = new SampleHistory(HISTORY);

    private double nowS;
    private double gapS;
    private double otherRadps = Double.NaN;
    private double gx;
    private double gy;
    private double gz;
    private Verdict verdict = Verdict.NOTHING;
    private boolean found;
    private boolean foundBefore;
    private State state = State.SEARCHING;
    private double swapped = Double.NaN;
    private double attemptS = Double.NEGATIVE_INFINITY;
    private double refreshS;
    private double swingRadps;
    private double swingRad;

    SensorMounting(Foot foot) {
        this.foot = foot;
        report = new AlignmentReport(foot);
    }

    /** Time starts anew at {@code timeS}: the sensor still sits where it sat. */
    void restart(double timeS) {
        attemptS = Double.NEGATIVE_INFINITY;
        refreshS = timeS;
        sign.reset();
        history.clear();
        watch.reset();
    }

    /** Consumes a reading, {@code gapS} after the foot's last: from now on the rates are this one's. */
    void sense(ImuSample sample, double timeS, double gapS) {
        nowS = timeS;
        this.gapS = gapS;
        double dtS = stepS();
        bias.add(sample.gxRadps, sample.gyRadps, sample.gzRadps, dtS);
        gx = sample.gxRadps - bias.x();
        gy = sample.gyRadps - bias.y();
        gz = sample.gzRadps - bias.z();
        smooth.add(gx, gy, gz, dtS);
        if (!clips.add(sample.gxRadps, sample.gyRadps, sample.gzRadps)) {
            // A clipped axis tilts the rate towards the other two.
            axis.add(smooth.x(), smooth.y(), smooth.z(), dtS);
        }
    }

    /** Asks what the reading that was sensed last says of the mounting. */
    News watch(ImuSample sample, boolean inSwing) {
        verdict = watch.add(sample.axMps2, sample.ayMps2, sample.azMps2, gx, gy, gz, gapS, axis, found);
        News news = found ? check(inSwing) : News.NONE;
        if (found) {
            return news;
        }
        history.add(nowS, sample.axMps2, sample.ayMps2, sample.azMps2, gx, gy, gz, otherRadps);
        if (axis.hasEnough() && nowS - attemptS >= ATTEMPT_S) {
            attemptS = nowS;
            return find() ? News.FOUND : news;
        }
        return news;
    }

    /** Hears how fast the other foot turns now, rad/s; NaN if unknown. */
    void hearOther(double turnRadps) {
        otherRadps = turnRadps;
    }

    /** Returns how fast this foot turns, rad/s, without the ringing of heel strikes. */
    double turnRadps() {
        return Math.sqrt(smooth.x() * smooth.x() + smooth.y() * smooth.y() + smooth.z() * smooth.z());
    }

    /** Hears by what rate the level of a stride came out wrong, which is bias. */
    void hear(LevelError e) {
        if (e.isKnown()) {
            bias.level(e.up(0), e.up(1), e.up(2), e.rateRadps(0), e.rateRadps(1), e.rateRadps(2), e.variance());
        }
    }

    /** Tells how the sensor sits if the last reading ended a stride and there is something new to tell. */
    void tell(long timeNs, GaitSink sink) {
        if (verdict != Verdict.NOTHING) {
            report.tell(state, timeNs, axis, watch, sign.vote(), swapped, clips.everClipped(), sink);
        }
    }

    /** Tells what the last reading says of which foot this is; returns whether it said anything. */
    boolean tellSide(SideCheck sides) {
        if (!found || !watch.straight()) {
            return false;
        }
        sides.add(foot, watch.path().leftwardM(), watch.toesLeftRad(axis));
        return true;
    }

    void setSwapped(double probability) {
        swapped = probability;
    }

    /** Returns whether axis and sign are known. */
    boolean isFound() {
        return found;
    }

    /** Returns for how long the last reading's rates hold, s. */
    double stepS() {
        return Math.min(LONGEST_STEP_S, gapS);
    }

    /** Returns the axis about which the leg swings. */
    SwingAxis axis() {
        return axis;
    }

    /** Returns the rates without the ringing of heel strikes. */
    SmoothRate smooth() {
        return smooth;
    }

    /** Returns the rate about x without bias, rad/s. */
    double gx() {
        return gx;
    }

    /** See {@link #gx()}. */
    double gy() {
        return gy;
    }

    /** See {@link #gx()}. */
    double gz() {
        return gz;
    }

    /** Returns the peak rate of the swing by which the sensor was found, rad/s. */
    double swingRadps() {
        return swingRadps;
    }

    /** Returns the angle of that swing, rad. */
    double swingRad() {
        return swingRad;
    }

    /** Returns the readings that came before the sensor was found; to be cleared when they were gone through. */
    SampleHistory history() {
        return history;
    }

    /** Returns the first place of the history that may belong to the walk that has begun. */
    int firstToLookAt() {
        int first = 0;
        while (first < history.size() && history.timeS(first) < nowS - LOOK_BACK_S) {
            first++;
        }
        return first;
    }

    private News check(boolean inSwing) {
        sign.add(nowS, axis.rate(smooth.x(), smooth.y(), smooth.z()), otherRadps, stepS());
        if (watch.justSpun()) {
            sign.doubt();
        }
        if (verdict == Verdict.TURNED) {
            turned();
            return News.TURNED;
        }
        if (verdict == Verdict.LOST) {
            lose();
            return News.LOST;
        }
        if (sign.vote() < OVERTURN && !watch.supports(axis)) {
            state = State.CHANGED;
            watch.forgetWay();
            axis.flip();
            sign.flip();
            return News.FLIPPED;
        }
        if (nowS - refreshS > REFRESH_S && !inSwing) {
            refreshS = nowS;
            axis.refresh();
        }
        return News.NONE;
    }

    /** The sensor sits otherwise than it was thought: the way of the foot says how. */
    private void turned() {
        state = State.CHANGED;
        axis.restart(watch.targetX(), watch.targetY(), watch.targetZ());
        refreshS = nowS;
        sign.reset();
    }

    /** The sensor sits otherwise, and nothing says how: everything is looked for anew. */
    private void lose() {
        state = State.SEARCHING;
        found = false;
        axis.reset();
        sign.reset();
    }

    /** Looks for axis and sign in the readings so far; returns whether they are found. */
    private boolean find() {
        axis.refresh();
        sign.reset();
        replaySign();
        // Until a swing is over nothing says how large swings are.
        if (Math.abs(sign.vote()) < DECIDE || sign.swingRad() < LEAST_SWING_RAD) {
            return false;
        }
        swingRadps = sign.swingRadps();
        swingRad = sign.swingRad();
        if (sign.vote() < 0) {
            axis.flip();
            sign.reset();
            replaySign();
        }
        axis.keepSide();
        found = true;
        state = foundBefore ? State.CHANGED : State.FOUND;
        foundBefore = true;
        refreshS = nowS;
        return true;
    }

    private void replaySign() {
        replaySmooth.reset();
        double lastS = Double.NaN;
        for (int i = firstToLookAt(); i < history.size(); i++) {
            double timeS = history.timeS(i);
            double dtS = Double.isNaN(lastS) ? 0 : Math.min(LONGEST_STEP_S, timeS - lastS);
            replaySmooth.add(history.gyr(i, 0), history.gyr(i, 1), history.gyr(i, 2), dtS);
            double rateRadps = axis.rate(replaySmooth.x(), replaySmooth.y(), replaySmooth.z());
            sign.add(timeS, rateRadps, history.otherRadps(i), dtS);
            lastS = timeS;
        }
    }
}
