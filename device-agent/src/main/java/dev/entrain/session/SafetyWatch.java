package dev.entrain.session;

import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Notices when a safety rule must act; {@link #look} is the table of those that are noticed here. The others ({@link
 * SafetyRule#NO_STEP}, {@link SafetyRule#SENSOR_GAP}, {@link SafetyRule#TEMPO_SLEW}, {@link SafetyRule#TEMPO_RANGE}, {@link
 * SafetyRule#SILENT_AFTER_STOP}) are kept by {@link dev.entrain.cue.CuePlanner} and {@link dev.entrain.cue.CueLimits}, which
 * nobody can go round. Not thread-safe; realtime-safe.
 */
final class SafetyWatch {
    /** Rules that {@link #look} can tell, so that asking until it tells none has a bound. */
    static final int RULES = 6;

    /** A walker who is faster than this against the cue hurries or has left the beat (clinical rule: 115 %). */
    static final double GREATEST_CADENCE_RATIO = 1.15;

    /**
     * So many strides in a row must be too fast, both feet counted together, some 4 s. A contact detected twice makes two
     * short strides of one foot, and the other foot's lie between them; even two such in a row with one sensor alone make
     * four. Walkers whose beat is prescribed 10 % slower than they walk are at 111 % before they follow: of 20 simulated
     * ones with freezing 6 strides stopped 7 times, 8 strides 3 times.
     */
    static final int FAST_STRIDES = 8;

    /** Charge of the unit below which a session ends, %: gauges err by some percent, and words and disk need minutes. */
    static final int LEAST_BATTERY_PCT = 8;

    /** No session is longer, whatever is prescribed, s. */
    static final double LONGEST_SESSION_S = 7200;

    /** Strides outside are double detections or pauses (Mobilise-D plausibility bounds; as in StepPeriod), ns. */
    private static final long MIN_STRIDE_NS = 400_000_000L;

    private static final long MAX_STRIDE_NS = 3_000_000_000L;

    private final double longestS;
    private final long[] lastContactNs = new long[Foot.COUNT];
    private final boolean[] seen = new boolean[Foot.COUNT];
    private boolean nearFall;
    private boolean pressed;
    private boolean frozen;
    private boolean froze;
    private int fastStrides;
    private int batteryPct = 100;
    private @Nullable SafetyRule acting;

    /**
     * Makes a watch.
     *
     * @param sessionS longest session as prescribed, s; infinity for none
     */
    SafetyWatch(double sessionS) {
        longestS = Math.min(sessionS, LONGEST_SESSION_S);
    }

    /** Returns a rule that must act now, or null when all that must have been told. Each noticed fact is told once. */
    @Nullable
    SafetyRule look(double sessionS) {
        acting = null;
        rule(SafetyRule.NEVER_FASTER_AFTER_FREEZE, froze());
        rule(SafetyRule.NEAR_FALL, nearFall());
        rule(SafetyRule.BUTTON, pressed());
        rule(SafetyRule.CADENCE_OVER_CUE, hurrying());
        rule(SafetyRule.BATTERY, nearlyEmpty());
        rule(SafetyRule.SESSION_LENGTH, lastedLong(sessionS));
        SafetyRule told = acting;
        if (told == null) {
            return null;
        }
        switch (told) {
            case NEVER_FASTER_AFTER_FREEZE -> froze = false;
            case NEAR_FALL -> nearFall = false;
            case BUTTON -> pressed = false;
            case CADENCE_OVER_CUE -> fastStrides = 0;
            default -> {}
        }
        return told;
    }

    /**
     * Takes a gait event.
     *
     * @param cuePeriodNs interval of the beats the walker hears, ns; 0 while he hears none
     */
    void onGaitEvent(GaitEvent event, long cuePeriodNs) {
        switch (event.kind) {
            case NEAR_FALL -> nearFall = true;
            case FREEZE_ON -> {
                froze = true;
                frozen = true;
            }
            case FREEZE_OFF -> frozen = false;
            case CONTACT_REVISED -> lastContactNs[event.foot.ordinal()] = event.timeNs;
            case INITIAL_CONTACT -> onContact(event.foot.ordinal(), event.timeNs, cuePeriodNs);
            default -> {}
        }
    }

    /** The patient pressed the button while cues may sound. */
    void onPress() {
        pressed = true;
    }

    /** Charge of the unit, %. */
    void onBattery(int percent) {
        batteryPct = percent;
    }

    /** Forgets what was noticed of the walk so far: cues begin anew. */
    void restart() {
        nearFall = false;
        pressed = false;
        fastStrides = 0;
        Arrays.fill(seen, false);
    }

    boolean froze() {
        return froze;
    }

    boolean nearFall() {
        return nearFall;
    }

    boolean pressed() {
        return pressed;
    }

    boolean hurrying() {
        return fastStrides >= FAST_STRIDES;
    }

    boolean nearlyEmpty() {
        return batteryPct < LEAST_BATTERY_PCT;
    }

    boolean lastedLong(double sessionS) {
        return sessionS >= longestS;
    }

    private void rule(SafetyRule rule, boolean broken) {
        if (broken && acting == null) {
            acting = rule;
        }
    }

    /** Strides, not steps: a hemiparetic walker's short step is no hurry. */
    private void onContact(int foot, long timeNs, long cuePeriodNs) {
        long strideNs = timeNs - lastContactNs[foot];
        if (cuePeriodNs == 0 || frozen) {
            // The feet of a frozen walker tremble; what helps him is the beat.
            fastStrides = 0;
        } else if (seen[foot] && strideNs >= MIN_STRIDE_NS) {
            boolean fast = strideNs <= MAX_STRIDE_NS && strideNs * GREATEST_CADENCE_RATIO < 2 * cuePeriodNs;
            fastStrides = fast ? fastStrides + 1 : 0;
        }
        seen[foot] = true;
        lastContactNs[foot] = timeNs;
    }
}
