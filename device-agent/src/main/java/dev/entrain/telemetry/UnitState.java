package dev.entrain.telemetry;

/** Whether a unit is there. */
enum UnitState {
    /** It is connected. */
    ONLINE("online"),
    /** Its connection was lost: the broker says so with the unit's last will. */
    OFFLINE("offline"),
    /** It ended in good order. */
    STOPPED("stopped");

    private final String label;

    UnitState(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
