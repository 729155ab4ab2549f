package dev.entrain.sim.insole;

import java.nio.file.Path;
import java.util.List;

/**
 * How emulated insoles behave.
 *
 * @param folder existing folder for the links {@code insole-left} and {@code insole-right}
 * @param batchMs readings of this time go into one frame, 0 (one each) to 90; a frame holds at most 18
 * @param delayMs as a USB-serial chip does: frames wait for the next multiple of this time, 0 (none) to 1000
 * @param loss fraction of frames that get lost, 0 to 1
 * @param noise fraction of frames before which random bytes are sent, 0 to 1
 * @param skewPpm how much the insoles' clocks run fast, -500 to 500
 * @param startTicks tick counter at the start, 0 to 2^32 - 1; the counter has 32 bits and 1 MHz
 * @param loop whether the recording starts over at its end
 * @param seed of everything random
 * @param batteryPercent charge the insoles report, 0 to 100; below 10 they say themselves that it is low
 * @param unplugs times at which insoles are unplugged
 */
public record InsoleOptions(
        Path folder,
        int batchMs,
        int delayMs,
        double loss,
        double noise,
        double skewPpm,
        long startTicks,
        boolean loop,
        long seed,
        int batteryPercent,
        List<Unplug> unplugs) {
    /** Charge of an insole nobody needs to think of, percent. */
    public static final int CHARGED_PERCENT = 87;

    private static final double MOST_TICKS = 4_294_967_295.0;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException with a sentence for a technician
     */
    public InsoleOptions {
        check("batch", batchMs, 0, 90, "ms");
        check("delay", delayMs, 0, 1000, "ms");
        check("loss", loss, 0, 1, "as a fraction");
        check("noise", noise, 0, 1, "as a fraction");
        check("skew", skewPpm, -500, 500, "ppm");
        check("start ticks", (double) startTicks, 0, MOST_TICKS, "");
        check("battery", batteryPercent, 0, 100, "percent");
        unplugs = List.copyOf(unplugs);
    }

    /** Returns a perfect line: batches of 10 ms, nothing lost, no skew, played once. */
    public static InsoleOptions in(Path folder) {
        return new InsoleOptions(folder, 10, 0, 0, 0, 0, 0, false, 1, CHARGED_PERCENT, List.of());
    }

    /** Returns the same with other batching. */
    public InsoleOptions withBatching(int newBatchMs, int newDelayMs) {
        return new InsoleOptions(
                folder, newBatchMs, newDelayMs, loss, noise, skewPpm, startTicks, loop, seed, batteryPercent, unplugs);
    }

    /** Returns the same with another loss and noise, drawn from a seed. */
    public InsoleOptions withFaults(double newLoss, double newNoise, long newSeed) {
        return new InsoleOptions(
                folder,
                batchMs,
                delayMs,
                newLoss,
                newNoise,
                skewPpm,
                startTicks,
                loop,
                newSeed,
                batteryPercent,
                unplugs);
    }

    /** Returns the same with another clock. */
    public InsoleOptions withClock(double newSkewPpm, long newStartTicks) {
        return new InsoleOptions(
                folder, batchMs, delayMs, loss, noise, newSkewPpm, newStartTicks, loop, seed, batteryPercent, unplugs);
    }

    /** Returns the same, looping or not. */
    public InsoleOptions withLoop(boolean newLoop) {
        return new InsoleOptions(
                folder, batchMs, delayMs, loss, noise, skewPpm, startTicks, newLoop, seed, batteryPercent, unplugs);
    }

    /** Returns the same with these unpluggings. */
    public InsoleOptions withUnplugs(List<Unplug> newUnplugs) {
        return new InsoleOptions(
                folder, batchMs, delayMs, loss, noise, skewPpm, startTicks, loop, seed, batteryPercent, newUnplugs);
    }

    /** Returns the same with another charge. */
    public InsoleOptions withBattery(int newBatteryPercent) {
        return new InsoleOptions(
                folder, batchMs, delayMs, loss, noise, skewPpm, startTicks, loop, seed, newBatteryPercent, unplugs);
    }

    private static void check(String name, double value, double least, double most, String unit) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " must be " + plain(least) + " to " + plain(most)
                    + (unit.isEmpty() ? "" : " " + unit) + ", not " + plain(value));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
