package dev.entrain.realtime;

import java.util.List;

/**
 * What the operating system granted.
 *
 * @param processPriority real-time priority of every thread of the process, 0 where it was not granted
 * @param renderAllowed whether the sound thread may be lifted above the others
 * @param memoryLocked whether the process stays in memory
 * @param missing one line for each thing not granted: what, what that costs, what to do; empty if all was
 */
public record RealTimeReport(int processPriority, boolean renderAllowed, boolean memoryLocked, List<String> missing) {
    /** Copies the list. */
    public RealTimeReport {
        missing = List.copyOf(missing);
    }

    /** Returns whether nothing is missing. */
    public boolean complete() {
        return missing.isEmpty();
    }

    /** Returns the whole report in one line, for a log or a status page. */
    public String summary() {
        return "Real time: process "
                + (processPriority > 0 ? "SCHED_FIFO " + processPriority : "normal priority")
                + ", sound thread "
                + (renderAllowed ? "SCHED_FIFO " + RealTime.RENDER_PRIORITY : "like the process")
                + ", memory "
                + (memoryLocked ? "locked" : "not locked");
    }
}
