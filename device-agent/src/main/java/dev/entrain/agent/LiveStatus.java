package dev.entrain.agent;

import dev.entrain.device.BatteryState;
import dev.entrain.sample.Foot;

/** What the walk looks like now, for a status line. One thread writes, any thread reads; each value is whole by itself. */
public final class LiveStatus {
    /** What {@link #lowBatteryPercent} returns while a battery is not low. */
    public static final int CHARGED = Integer.MAX_VALUE;

    private final SessionStatus session = new SessionStatus();
    private volatile boolean walking;
    private volatile Silence silence = Silence.NONE;
    private volatile double leftPhase = Double.NaN;
    private volatile double rightPhase = Double.NaN;
    private volatile double cadenceSpm = Double.NaN;
    private volatile double cueTempoSpm = Double.NaN;
    private volatile double asynchronyMs = Double.NaN;
    private volatile double swapped = Double.NaN;
    private volatile int leftTurns;
    private volatile int rightTurns;
    private volatile int leftLowPercent = CHARGED;
    private volatile int rightLowPercent = CHARGED;
    private volatile BatteryState battery = BatteryState.NOT_READ;
    private volatile double leftRateHz = Double.NaN;
    private volatile double rightRateHz = Double.NaN;
    private volatile double leftLossPct = Double.NaN;
    private volatile double rightLossPct = Double.NaN;
    private volatile long cueId;
    private volatile Foot cueFoot = Foot.LEFT;

    /** Returns what the session looks like. */
    public SessionStatus session() {
        return session;
    }

    /** Returns whether the walker walks. */
    public boolean walking() {
        return walking;
    }

    /** Returns why a walk without a programme is silent; what a programme leaves behind is stopped. */
    Silence silence() {
        return silence;
    }

    /** Returns the foot's phase, in [0, 1), or NaN. */
    public double phase(Foot foot) {
        return foot == Foot.LEFT ? leftPhase : rightPhase;
    }

    /** Returns the walker's cadence, steps/min, or NaN. */
    public double cadenceSpm() {
        return cadenceSpm;
    }

    /** Returns the cue's tempo, beats/min, or NaN while silent. */
    public double cueTempoSpm() {
        return cueTempoSpm;
    }

    /** Returns the newest step minus its beat, ms, negative = step first, or NaN. */
    public double asynchronyMs() {
        return asynchronyMs;
    }

    /** Returns the probability that the sensors are worn on each other's foot, or NaN without evidence. */
    public double swapped() {
        return swapped;
    }

    /** Returns how often the foot's sensor was seen to sit differently than before. */
    public int sensorTurns(Foot foot) {
        return foot == Foot.LEFT ? leftTurns : rightTurns;
    }

    /** Returns the charge of the foot's insole while it is low, percent, -1 if it does not say; else {@link #CHARGED}. */
    public int lowBatteryPercent(Foot foot) {
        return foot == Foot.LEFT ? leftLowPercent : rightLowPercent;
    }

    /** Returns what is believed of the unit's own battery. */
    public BatteryState battery() {
        return battery;
    }

    /** Returns how many readings of the foot came a second, over the last seconds; NaN while not known. */
    double rateHz(Foot foot) {
        return foot == Foot.LEFT ? leftRateHz : rightRateHz;
    }

    /** Returns the share of the foot's readings that did not come in the last seconds, %; NaN if none came. */
    double lossPct(Foot foot) {
        return foot == Foot.LEFT ? leftLossPct : rightLossPct;
    }

    /** Returns the number of the newest cue that sounded, 0 before the first. */
    public long cueId() {
        return cueId;
    }

    /** Returns the foot of the newest cue that sounded. */
    public Foot cueFoot() {
        return cueFoot;
    }

    void walking(boolean now) {
        walking = now;
    }

    void silence(Silence now) {
        silence = now;
    }

    void phase(Foot foot, double phase) {
        if (foot == Foot.LEFT) {
            leftPhase = phase;
        } else {
            rightPhase = phase;
        }
    }

    void swapped(double probability) {
        swapped = probability;
    }

    void sensorTurns(Foot foot, int count) {
        if (foot == Foot.LEFT) {
            leftTurns = count;
        } else {
            rightTurns = count;
        }
    }

    void lowBatteryPercent(Foot foot, int percent) {
        if (foot == Foot.LEFT) {
            leftLowPercent = percent;
        } else {
            rightLowPercent = percent;
        }
    }

    void battery(BatteryState now) {
        battery = now;
    }

    void flow(Foot foot, double rateHz, double lossPct) {
        if (foot == Foot.LEFT) {
            leftRateHz = rateHz;
            leftLossPct = lossPct;
        } else {
            rightRateHz = rateHz;
            rightLossPct = lossPct;
        }
    }

    void tempo(double newCadenceSpm, double newCueTempoSpm) {
        cadenceSpm = newCadenceSpm;
        cueTempoSpm = newCueTempoSpm;
    }

    void asynchronyMs(double newAsynchronyMs) {
        asynchronyMs = newAsynchronyMs;
    }

    void cue(long newCueId, Foot newCueFoot) {
        cueId = newCueId;
        cueFoot = newCueFoot;
    }
}
