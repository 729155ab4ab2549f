package dev.entrain.agent;

import dev.entrain.device.LightPattern;
import java.util.Set;

/**
 * Which rhythm the status light shows: what the patient must act on first wins. What only a technician can mend without
 * hurry (the line to the clinic, a certificate, the gauge) is told to the clinic and in the log, not to the patient.
 */
final class LightRules {
    /** So long somebody who looks for the unit sees it, ns. */
    static final long IDENTIFY_NS = 20_000_000_000L;

    /** A plug that is pushed in again shall not make the light flicker, ns. */
    static final long PATIENCE_NS = 2_000_000_000L;

    /** Faults that a patient's walk suffers from, besides missing insoles. */
    private static final Set<String> WALK_SUFFERS =
            Set.of("sound", "disk_full", "journal_unusable", "records_refused", "thread_died", "button");

    private boolean flowed;
    private long flowedNs;
    private boolean looked;
    private long identifyUntilNs;
    private boolean identifies;

    /**
     * What the light goes by.
     *
     * @param empty whether the unit is about to switch itself off
     * @param low whether its battery is low
     * @param sensorsFlow whether readings come from every insole
     * @param underway whether a session runs, or somebody walks without one
     * @param failing codes of what fails
     */
    record View(boolean empty, boolean low, boolean sensorsFlow, boolean underway, Set<String> failing) {}

    /** Somebody looks for the unit. */
    void identify(long nowNs) {
        identifies = true;
        identifyUntilNs = nowNs + IDENTIFY_NS;
    }

    /** Returns the rhythm for now. */
    LightPattern choose(View view, long nowNs) {
        if (view.sensorsFlow() || !looked) {
            looked = true;
            flowed = view.sensorsFlow();
            flowedNs = nowNs;
        }
        identifies &= identifyUntilNs - nowNs > 0;
        if (view.empty()) {
            return LightPattern.SHUTTING_DOWN;
        }
        if (identifies) {
            return LightPattern.IDENTIFY;
        }
        if (view.failing().stream().anyMatch(WALK_SUFFERS::contains)) {
            return LightPattern.FAULT;
        }
        if (!view.sensorsFlow() && (!flowed || nowNs - flowedNs > PATIENCE_NS)) {
            return LightPattern.NO_SENSOR;
        }
        if (view.low()) {
            return LightPattern.LOW_BATTERY;
        }
        return view.underway() ? LightPattern.WALKING : LightPattern.READY;
    }
}
