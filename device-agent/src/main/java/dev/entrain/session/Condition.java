package dev.entrain.session;

/** Whom a programme is for. */
public enum Condition {
    /** After a stroke. */
    STROKE,
    /** Parkinson's disease without freezing of gait. */
    PARKINSON,
    /** Parkinson's disease with freezing of gait. */
    PARKINSON_FREEZING,
    /** Multiple sclerosis. */
    MULTIPLE_SCLEROSIS,
    /** After a traumatic brain injury. */
    BRAIN_INJURY,
    /** No condition of gait. */
    HEALTHY
}
