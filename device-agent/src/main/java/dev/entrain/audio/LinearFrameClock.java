package dev.entrain.audio;

/** A frame clock without drift or rounding error: frame = round((time - origin) * rate / 1e9). For files. Thread-safe. */
public final class LinearFrameClock implements FrameClock {
    private static final long NS_PER_S = 1_000_000_000L;

    private final long originNs;
    private final int rateHz;

    /**
     * Makes a clock.
     *
     * @param originNs the moment at which frame 0 is heard, ns
     * @param rateHz frames per second, at least 1
     */
    public LinearFrameClock(long originNs, int rateHz) {
        if (rateHz < 1) {
            throw new IllegalArgumentException("rateHz must be at least 1, not " + rateHz);
        }
        this.originNs = originNs;
        this.rateHz = rateHz;
    }

    @Override
    public long frameOf(long timeNs) {
        // Whole seconds apart from the rest, because nanoseconds times rate overflow after 53 hours.
        long sinceNs = timeNs - originNs;
        long seconds = Math.floorDiv(sinceNs, NS_PER_S);
        long restNs = Math.floorMod(sinceNs, NS_PER_S);
        return seconds * rateHz + (restNs * rateHz + NS_PER_S / 2) / NS_PER_S;
    }

    @Override
    public long timeNsOf(long frameIndex) {
        long seconds = Math.floorDiv(frameIndex, rateHz);
        long rest = Math.floorMod(frameIndex, rateHz);
        return originNs + seconds * NS_PER_S + (rest * NS_PER_S + rateHz / 2) / rateHz;
    }
}
