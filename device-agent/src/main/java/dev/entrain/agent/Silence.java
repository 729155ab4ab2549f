package dev.entrain.agent;

/** Why a walk without a programme is silent: the agent that follows another keeps it so. */
enum Silence {
    /** It is not: beats come with walking. */
    NONE,
    /** By a rule: beats come back after steady walking. */
    HELD,
    /** Until the button: by the button or the clinic, and whatever a programme leaves behind. */
    STOPPED
}
