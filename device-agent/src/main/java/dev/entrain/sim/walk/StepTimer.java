package dev.entrain.sim.walk;

import dev.entrain.sample.Foot;

/** Says when the next foot touches. The default adds 1/f noise; a listening patient also follows the beat. */
@FunctionalInterface
public interface StepTimer {
    /**
     * Returns the step time that will end at this foot's next initial contact, s. Called once per step, in order, at its
     * heel-off.
     *
     * @param nowNs time of the decision, ns
     * @param foot the foot that will touch
     * @param previousContactNs initial contact of the other foot, ns; may lie shortly ahead, since it is planned,
     *     and is made up for the first step after a rest
     * @param gait the gait asked for; {@link Gait#stepTimeS} is its undisturbed step time
     */
    double stepTimeS(long nowNs, Foot foot, long previousContactNs, Gait gait);
}
