package dev.entrain.journal;

import java.util.List;

/**
 * What the operating system granted the unit so that nothing holds up its sound.
 *
 * @param processPriority SCHED_FIFO priority of every thread of the agent, 0 where it was not granted
 * @param renderPriority SCHED_FIFO priority of the sound thread, 0 where it was not granted
 * @param memoryLocked whether the agent stays in memory
 * @param refused one line for each thing not granted: what, what that costs, what to do; empty if all was
 */
public record GrantedRealTime(int processPriority, int renderPriority, boolean memoryLocked, List<String> refused) {
    /** Copies the list. */
    public GrantedRealTime {
        refused = List.copyOf(refused);
    }
}
