package dev.entrain.sim.insole;

import dev.entrain.sample.Foot;

/**
 * One time that an insole is unplugged.
 *
 * @param foot whose
 * @param atS seconds after the start of the emulation, at least 0
 * @param forS seconds until it is plugged in again, over 0
 * @param restarts whether it loses power meanwhile: ticks and running numbers start over, and it waits for a START
 */
public record Unplug(Foot foot, double atS, double forS, boolean restarts) {
    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException with a sentence for a technician
     */
    public Unplug {
        if (!(atS >= 0) || !(forS > 0) || !Double.isFinite(atS + forS)) {
            throw new IllegalArgumentException(
                    "an unplugging needs a start of at least 0 s and a duration over 0 s, not " + atS + " and " + forS);
        }
    }
}
