package dev.entrain.provision;

import java.io.IOException;

/** One part of provisioning; it can be done alone and again. */
interface Step {
    /** Returns its name on the command line. */
    String name();

    /** Returns what it is about, for a person. */
    String title();

    /**
     * Does it.
     *
     * @return what came of it, one line
     * @throws StepException if it cannot be done; nothing is left half done
     * @throws QuitException if who provisions wants to end
     */
    String run(Bench bench) throws StepException, QuitException, IOException;
}
