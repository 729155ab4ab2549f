package dev.entrain.clinic;

import java.util.regex.Pattern;

/**
 * A unit by the random name it has on the broker; who the patient is, only the clinic's own tables know.
 *
 * @param name 1 to 64 of {@code a-z 0-9 -}
 */
public record Unit(String name) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public Unit {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no unit's name: 1 to 64 of the characters a-z, 0-9 and -");
        }
    }
}
