package dev.entrain.clinic.sample;

import java.util.List;

/**
 * A simulated patient: how he walks without beats in the first week, and how he changes. Plausible figures, nobody's.
 *
 * @param cadenceSpm steps/min without beats
 * @param strideM stride length without beats, m
 * @param asymmetry of step times, (L - R) / (L + R)
 * @param gainPctAWeek how cadence without beats grows, % of the first week's
 * @param cuedPct how much faster he walks with beats, %
 * @param adherence share of the prescribed sessions he walks
 * @param music what he walks to besides clicks
 */
record SamplePatient(
        String code,
        String unit,
        String programme,
        String condition,
        double cadenceSpm,
        double strideM,
        double asymmetry,
        double gainPctAWeek,
        double cuedPct,
        double adherence,
        Music music) {
    /** Whether music plays, and whether the clinic may know what it is called. */
    enum Music {
        NONE,
        UNTITLED,
        TITLED
    }

    static final int SESSIONS_A_WEEK = 4;

    /** Cued time of a full session of the programmes parkinson and stroke, s. */
    static final double PLANNED_CUED_S = 1_140;

    static final List<SamplePatient> ALL = List.of(
            new SamplePatient(
                    "SAMPLE-1", "sample-1", "parkinson", "parkinson", 97, 0.98, 0.02, 0.45, 5, 0.92, Music.TITLED),
            new SamplePatient("SAMPLE-2", "sample-2", "stroke", "stroke", 78, 0.82, 0.14, 0.9, 7, 0.75, Music.UNTITLED),
            new SamplePatient(
                    "SAMPLE-3", "sample-3", "parkinson", "parkinson", 104, 0.88, -0.03, -0.15, -2, 0.5, Music.NONE));
}
