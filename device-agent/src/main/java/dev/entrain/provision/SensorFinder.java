package dev.entrain.provision;

import java.util.List;

/** Looks for one kind of sensor. */
interface SensorFinder {
    /**
     * What was found.
     *
     * @param sensors those that answered
     * @param told one line for each place that was looked at without success
     */
    record Result(List<FoundSensor> sensors, List<String> told) {}

    /** Looks; ends within some 10 s for each place. */
    Result find(Bench bench) throws QuitException;
}
