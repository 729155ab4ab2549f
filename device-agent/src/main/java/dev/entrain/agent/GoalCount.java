package dev.entrain.agent;

import dev.entrain.config.GoalConfig;
import dev.entrain.sample.Foot;

/**
 * How near a session is to its goals: minutes of walking, distance, songs walked in step to their ends. Not thread-safe;
 * realtime-safe.
 */
final class GoalCount {
    /** Steps farther apart are no walking, ns. */
    private static final long LONGEST_STEP_NS = 2_000_000_000L;

    /** So long without a step, and the next one begins a new walk, ns; as the journal has it. */
    private static final long NEW_WALK_NS = SessionKeeper.IDLE_S * 1_000_000_000L;

    private static final double MINUTE_NS = 60e9;

    private final GoalConfig goal;
    private final double[] footM = new double[Foot.COUNT];
    private long walkedNs;
    private long lastNs;
    private boolean any;
    private int songs;
    private int songsBefore;

    GoalCount(GoalConfig goal) {
        this.goal = goal;
    }

    /** A new session: nothing is reached yet. */
    void reset() {
        any = false;
        walkedNs = 0;
        footM[0] = 0;
        footM[1] = 0;
        songsBefore = songs;
    }

    /** Takes a step; returns whether it begins a new walk after a long rest. */
    boolean step(long timeNs) {
        boolean rested = any && timeNs - lastNs > NEW_WALK_NS;
        if (rested) {
            reset();
        }
        long sinceNs = any ? timeNs - lastNs : 0;
        if (sinceNs > 0 && sinceNs <= LONGEST_STEP_NS) {
            walkedNs += sinceNs;
        }
        any = true;
        lastNs = timeNs;
        return rested;
    }

    /** Takes a stride's length, m; NaN where it is not known. */
    void stride(Foot foot, double lengthM) {
        if (!Double.isNaN(lengthM)) {
            footM[foot.ordinal()] += lengthM;
        }
    }

    /** Takes how many songs were earned since the agent began. */
    void songs(int earned) {
        songs = earned;
    }

    /** Returns whether there are goals of minutes or distance and all of them are reached. */
    boolean reached() {
        boolean any = goal.minutes() > 0 || goal.distanceM() > 0;
        // Either foot goes the whole way; one may have no sensor.
        return any && walkedNs >= goal.minutes() * MINUTE_NS && Math.max(footM[0], footM[1]) >= goal.distanceM();
    }

    /** Returns whether there is a goal of songs and it is reached. */
    boolean songsReached() {
        return goal.songs() > 0 && songs - songsBefore >= goal.songs();
    }
}
