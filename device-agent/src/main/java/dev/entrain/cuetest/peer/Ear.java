package dev.entrain.cuetest.peer;

import java.io.IOException;
import java.util.Map;

/** Hears from outside when sounds began, whoever played them. One participant plays at a time. */
public interface Ear {
    /**
     * Begins to listen to a participant.
     *
     * @param participant its short name, of letters, digits and hyphens
     * @return what its process needs in its environment
     * @throws IOException if nothing can be heard now
     */
    Map<String, String> listen(String participant) throws IOException;

    /**
     * Ends listening.
     *
     * @return when each sound was heard, ns of CLOCK_MONOTONIC plus a constant of this ear, ascending
     * @throws IOException if what was heard cannot be read
     */
    double[] heardNs(String participant) throws IOException;

    /** Returns how it hears, for the head of the table. */
    String describe();
}
