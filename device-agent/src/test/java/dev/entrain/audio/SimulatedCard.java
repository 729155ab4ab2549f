package dev.entrain.audio;

import java.util.Random;

/** A card's position reports, computed: true rate, steps of the position, hold-ups of the thread that asks. */
final class SimulatedCard {
    static final int RATE_HZ = 48_000;

    private final double framesPerNs;
    private final int stepFrames;
    private final Random random;
    long startNs;
    long nowNs;

    SimulatedCard(long startNs, double ppm, int stepFrames, long seed) {
        this.startNs = startNs;
        this.stepFrames = stepFrames;
        nowNs = startNs;
        framesPerNs = RATE_HZ * (1 + ppm * 1e-6) / 1e9;
        random = new Random(seed);
    }

    /** The frame heard at a moment, with its fraction. */
    double trueFrame(long timeNs) {
        return (timeNs - startNs) * framesPerNs;
    }

    /** The moment a frame is heard. */
    double trueTimeNs(long frame) {
        return startNs + frame / framesPerNs;
    }

    long reportedFrame() {
        long frame = (long) trueFrame(nowNs);
        return frame - frame % stepFrames;
    }

    /** Goes on to just after the next move of the position that frees a period, as a woken writer does. */
    void wake(int periodFrames) {
        int move = Math.max(stepFrames, periodFrames);
        double nextNs = trueTimeNs((long) trueFrame(nowNs) / move * move + move);
        double latencyNs = 5_000 - 15_000 * Math.log(1 - random.nextDouble());
        nowNs = Math.max(nowNs, (long) (nextNs + latencyNs));
        if (random.nextInt(1000) == 0) {
            nowNs += 31_000_000;
        }
    }

    /** Goes on by a time, whatever the position does. */
    void elapse(long ns) {
        nowNs += ns;
    }
}
