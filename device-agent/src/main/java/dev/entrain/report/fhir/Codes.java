package dev.entrain.report.fhir;

import dev.entrain.outcome.MetricName;
import org.jspecify.annotations.Nullable;

/** The names under which figures leave; deploy/fhir/CodeSystem-session-metrics.json defines each of ours. */
final class Codes {
    /** Code system of this project. */
    static final String SYSTEM = "https://entrain.dev/fhir/CodeSystem/session-metrics";

    /** C0. */
    static final String BASELINE = "baseline_cadence_spm";

    /** Minutes in blocks with cues. */
    static final String CUED_TIME = "cued_time_min";

    /** Of the parts with cues. */
    static final String CUED = "cued";

    /** Of the parts without cues. */
    static final String UNCUED = "uncued";

    /** Cued minus uncued. */
    static final String DIFFERENCE = "cued_minus_uncued";

    /** What a value rests on; the code of the part stands before. */
    static final String COUNT = "observations";

    /** Units by UCUM. */
    static final String UCUM = "http://unitsofmeasure.org";

    /** Personal health record format of HL7, patient-generated data. */
    static final String PHR = "http://hl7.org/fhir/uv/phr/CodeSystem/observation-pghd-codes";

    private Codes() {}

    /**
     * Returns the HL7 name that means the same as a metric; null if there is none. walkingStepLength is of steps while ours
     * is of strides, and walkingAsymmetryPercentage counts uneven steps while ours compares times, so neither is used
     * (definitions of observation-pghd-codes 1.0.0-ballot2).
     */
    static @Nullable String phr(MetricName name) {
        return switch (name) {
            case CADENCE -> "stepsCadence";
            case WALKING_SPEED -> "walkingSpeed";
            case DOUBLE_SUPPORT -> "walkingDoubleSupportPercentage";
            default -> null;
        };
    }

    /** Returns how the HL7 name is shown. */
    static String phrDisplay(String code) {
        return switch (code) {
            case "stepsCadence" -> "Steps cadence";
            case "walkingSpeed" -> "Walking speed";
            default -> "Walking double support percentage";
        };
    }
}
