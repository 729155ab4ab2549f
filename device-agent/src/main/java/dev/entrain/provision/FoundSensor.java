package dev.entrain.provision;

import dev.entrain.sample.Foot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sensor that answered.
 *
 * @param place where it is, for a person: a line, or a bus and an address
 * @param what it is, for a person
 * @param serialNumber what it says of itself; empty if it says nothing
 * @param made the foot it says it is made for, or null
 * @param rateHz readings a second it says or shows; NaN if neither
 * @param wiring its keys in the configuration's table of a foot, such as {@code port}
 */
record FoundSensor(
        String place,
        String what,
        String serialNumber,
        @Nullable Foot made,
        double rateHz,
        Map<String, String> wiring) {}
