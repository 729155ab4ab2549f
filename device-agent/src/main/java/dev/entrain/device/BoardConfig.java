package dev.entrain.device;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is wired to the board.
 *
 * @param buttonLine GPIO line the button pulls to ground, 0 to {@value #MOST_LINE}; {@link #NONE} without one
 * @param lightLine GPIO line of the status light, lit when high, 0 to {@value #MOST_LINE}; {@link #NONE} without one
 * @param batteryBus I2C bus of the battery's fuel gauge, such as /dev/i2c-1; null without one
 * @param shutdownPct charge at which the unit saves and switches itself off, %, {@value #LEAST_SHUTDOWN_PCT} to
 *     {@value #MOST_SHUTDOWN_PCT}
 * @param musicLine GPIO line the music button pulls to ground, 0 to {@value #MOST_LINE}; {@link #NONE} without one
 */
public record BoardConfig(
        int buttonLine, int lightLine, @Nullable Path batteryBus, int shutdownPct, int musicLine) {
    /** No line. */
    public static final int NONE = -1;

    /** The last line of a Raspberry Pi's chip (BCM2711: GPIO 0 to 53 are told apart by number). */
    public static final int MOST_LINE = 53;

    /** Less, and the gauge's own error could end the unit before it is noticed. */
    public static final int LEAST_SHUTDOWN_PCT = 2;

    /** More would waste a battery. */
    public static final int MOST_SHUTDOWN_PCT = 20;

    /** Nothing is wired. */
    public static final BoardConfig BARE = new BoardConfig(NONE, NONE, null, 5, NONE);
}
