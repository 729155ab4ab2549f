package dev.entrain.protocol;

/** How an insole answers a command. */
public enum CommandResult {
    /** Done. */
    DONE(0, "done"),
    /** The firmware has no such command. */
    UNKNOWN_COMMAND(1, "this firmware does not know the command; update it"),
    /** A value of the command is out of what the insole can do. */
    BAD_VALUE(2, "the value is out of this insole's range"),
    /** Not possible in this state, for example a rate change while samples flow. */
    NOT_NOW(3, "not possible in this state; send STOP first"),
    /** The motion sensor does not work. */
    SENSOR_FAULT(4, "the motion sensor does not answer; switch the insole off and on, then replace it"),
    /** The battery is too low to measure. */
    BATTERY_LOW(5, "the battery is too low; charge the insole"),
    /** Refused with a reason this version does not know. */
    REFUSED(255, "refused for a reason this version does not know; update the agent");

    private final int code;
    private final String meaning;

    CommandResult(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** Returns the number on the line, 0 to 255. */
    public int code() {
        return code;
    }

    /** Returns what a technician should know and do. */
    public String meaning() {
        return meaning;
    }

    /** Returns the result with this number, {@link #REFUSED} for one that a newer version may have. */
    public static CommandResult of(int code) {
        for (CommandResult result : values()) {
            if (result.code == code) {
                return result;
            }
        }
        return REFUSED;
    }
}
