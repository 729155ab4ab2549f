package dev.entrain.sim.chip;

import dev.entrain.sample.ImuSample;

/** How a foot moves, as its sensor feels it. */
@FunctionalInterface
public interface Motion {
    /**
     * Tells the movement at a time.
     *
     * @param timeNs host time
     * @param into receives m/s2 and rad/s; nothing else of it is set
     */
    void at(long timeNs, ImuSample into);
}
