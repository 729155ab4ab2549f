package dev.entrain.telemetry;

/** The topics of one unit. {@code v1} is the major version: a change that old readers cannot take makes a {@code v2}. */
public final class Topics {
    private final String up;

    /** Makes the topics of a unit, named as {@link TelemetryConfig#unit()}. */
    public Topics(String unit) {
        up = "gait/v1/" + unit + "/up/";
    }

    /** Returns where the unit introduces itself; retained. */
    public String birth() {
        return up + "birth";
    }

    /** Returns where the unit, or its last will, says whether it is there; retained. */
    public String status() {
        return up + "status";
    }

    /** Returns where the state of the walk goes once a second; live only. */
    public String state() {
        return up + "state";
    }

    /** Returns where the unit proves its timing once a minute, at least once each; retained. */
    public String timing() {
        return up + "timing";
    }

    /** Returns where batches of events go, at least once each. */
    public String events() {
        return up + "ev";
    }
}
