package dev.entrain.music.beat;

/**
 * The level of a recording every millisecond, of the whole sound and of its upper part, where attacks show. Not thread-safe.
 */
final class FineLevel {
    /** The whole above 100 Hz, and the slope of the sound, which weighs the treble. */
    static final int KINDS = 2;

    private static final double HIGH_PASS_HZ = 100;

    private final int block;
    private final double blockHz;
    private final double keep;
    private final ByteTrack[] levels = {new ByteTrack(), new ByteTrack()};
    private double before;
    private double high;
    private double sumWhole;
    private double sumSlope;
    private int inBlock;

    FineLevel(int rateHz) {
        block = Math.max(1, Math.round(rateHz / 1000f));
        blockHz = rateHz / (double) block;
        keep = Math.exp(-2 * Math.PI * HIGH_PASS_HZ / rateHz);
    }

    void put(double value) {
        double slope = value - before;
        before = value;
        high = keep * (high + slope);
        sumWhole += high * high;
        sumSlope += slope * slope;
        if (++inBlock == block) {
            levels[0].addPower(sumWhole / block);
            levels[1].addPower(sumSlope / block);
            inBlock = 0;
            sumWhole = 0;
            sumSlope = 0;
        }
    }

    double blockHz() {
        return blockHz;
    }

    int size() {
        return levels[0].size();
    }

    ByteTrack level(int kind) {
        return levels[kind];
    }
}
