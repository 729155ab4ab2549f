package dev.entrain.telemetry;

import java.util.List;

/** The topics of one unit. {@code v1} is the major version: a change that old readers cannot take makes a {@code v2}. */
public final class Topics {
    private static final List<String> DOWN = List.of("ack", "rx", "cmd", "cfg");

    private final String up;
    private final String down;

    /** Makes the topics of a unit, named as {@link TelemetryConfig#unit()}. */
    public Topics(String unit) {
        up = "gait/v1/" + unit + "/up/";
        down = "gait/v1/" + unit + "/down/";
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

    /** Returns where records of this carriage go, at least once each. */
    String records(Carriage carriage) {
        return up + carriage.leaf();
    }

    /** Returns where a reply to the clinic goes. */
    String reply(String leaf) {
        return up + leaf;
    }

    /** Returns everything the unit listens to. */
    public List<String> wanted() {
        return DOWN.stream().map(leaf -> down + leaf).toList();
    }

    /** Returns what stands below {@code down/} in one of {@link #wanted()}; empty for any other topic. */
    String leafOf(String topic) {
        String leaf = topic.startsWith(down) ? topic.substring(down.length()) : "";
        return DOWN.contains(leaf) ? leaf : "";
    }
}
