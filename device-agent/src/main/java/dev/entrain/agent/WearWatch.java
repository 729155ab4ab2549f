package dev.entrain.agent;

import dev.entrain.sample.Foot;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Tells a person when the sensors look worn wrongly - exchanged, or turned on the foot - or need charging. Looks at a
 * status now and then, off the hot path. Not thread-safe.
 */
public final class WearWatch {
    /** Above this probability of exchanged sensors a person is asked to look. */
    public static final double SWAPPED = 0.9;

    /** A turn is seen at first roughly and again a few strides later; that is one turn. */
    private static final long SAME_TURN_NS = 15_000_000_000L;

    private final LiveStatus status;
    private final Consumer<String> teller;
    private final int[] turns = new int[Foot.COUNT];
    private final long[] toldNs = new long[Foot.COUNT];
    private final boolean[] batteryLow = new boolean[Foot.COUNT];
    private boolean swapped;

    /**
     * Starts to watch.
     *
     * @param teller receives one sentence for each thing to look at
     */
    public WearWatch(LiveStatus status, Consumer<String> teller) {
        this.status = status;
        this.teller = teller;
    }

    /** Looks once. */
    public void look(long nowNs) {
        boolean nowSwapped = status.swapped() > SWAPPED;
        if (nowSwapped && !swapped) {
            teller.accept(String.format(
                    Locale.ROOT,
                    "Left and right look exchanged (%.0f %%); look at the feet and swap the insoles. Nothing is"
                            + " exchanged by itself.",
                    status.swapped() * 100));
        }
        swapped = nowSwapped;
        lookAtBatteries();
        for (Foot foot : Foot.values()) {
            int i = foot.ordinal();
            int count = status.sensorTurns(foot);
            if (count != turns[i] && (turns[i] == 0 || nowNs - toldNs[i] > SAME_TURN_NS)) {
                teller.accept(
                        "The " + foot.word()
                                + " sensor sits differently than before; the walk goes on. See that its insole or strap is tight.");
                toldNs[i] = nowNs;
            }
            turns[i] = count;
        }
    }

    private void lookAtBatteries() {
        for (Foot foot : Foot.values()) {
            int percent = status.lowBatteryPercent(foot);
            boolean low = percent != LiveStatus.CHARGED;
            if (low && !batteryLow[foot.ordinal()]) {
                teller.accept("The battery of the " + foot.word() + " insole is low"
                        + (percent >= 0 ? " (" + percent + " %)" : "")
                        + "; charge it after this walk. The walker is told by voice, again every "
                        + BatteryWatch.REPEAT_MINUTES + " minutes.");
            }
            batteryLow[foot.ordinal()] = low;
        }
    }
}
