package dev.entrain.music.tune;

import dev.entrain.noise.SeededNoise;

/** The drums. Each is a falling tone and a band of noise; the first frame is not silent, so a beat is where it is written. */
enum Drum implements Instrument {
    /** Bass drum. */
    KICK(48, 130, 0.03, 0.9, 0.16, 3500, 0.12, 0.006),
    /** Snare drum. */
    SNARE(182, 120, 0.02, 0.4, 0.07, 5200, 0.75, 0.11),
    /** Stick on the rim. */
    RIM(820, 300, 0.01, 0.4, 0.018, 6500, 0.25, 0.012),
    /** Closed hi-hat. */
    HAT(0, 0, 1, 0, 0.01, 11_000, 0.5, 0.03),
    /** Open hi-hat. */
    OPEN_HAT(0, 0, 1, 0, 0.01, 10_000, 0.42, 0.16),
    /** Shaker. */
    SHAKER(0, 0, 1, 0, 0.01, 8000, 0.4, 0.055),
    /** Hands. */
    CLAP(0, 0, 1, 0, 0.01, 1900, 1.3, 0.12);

    private static final double RESONANCE = 0.8;
    private static final double END = 8;

    private final double hz;
    private final double dropHz;
    private final double dropS;
    private final double tone;
    private final double toneS;
    private final double bandHz;
    private final double noise;
    private final double noiseS;

    Drum(
            double hz,
            double dropHz,
            double dropS,
            double tone,
            double toneS,
            double bandHz,
            double noise,
            double noiseS) {
        this.hz = hz;
        this.dropHz = dropHz;
        this.dropS = dropS;
        this.tone = tone;
        this.toneS = toneS;
        this.bandHz = bandHz;
        this.noise = noise;
        this.noiseS = noiseS;
    }

    @Override
    public Sounding play(Note note, double heldS, long seed) {
        return new Stroke(note.strength(), seed);
    }

    private final class Stroke implements Sounding {
        private final double strength;
        private final SeededNoise random;
        private final LowPass band = new LowPass(RESONANCE);
        private final double toneFall = fall(toneS);
        private final double noiseFall = fall(noiseS);
        private final double dropFall = fall(dropS);
        private final long last = Math.round(END * Math.max(toneS, noiseS) * TuneRenderer.RATE_HZ);
        private double toneLevel = tone;
        private double noiseLevel = noise;
        private double drop = dropHz;
        private double cycles;
        private long frame;

        Stroke(double strength, long seed) {
            this.strength = strength;
            random = new SeededNoise(seed, ordinal());
            band.corner(bandHz);
        }

        @Override
        public double next() {
            frame++;
            cycles += (hz + drop) / TuneRenderer.RATE_HZ;
            band.next(random.uniform(-1, 1));
            double out = toneLevel * Waves.sine(cycles) + noiseLevel * band.band();
            drop *= dropFall;
            toneLevel *= toneFall;
            noiseLevel *= noiseFall;
            return strength * out;
        }

        @Override
        public boolean over() {
            return frame >= last;
        }
    }

    private static double fall(double seconds) {
        return StrictMath.exp(-1 / (seconds * TuneRenderer.RATE_HZ));
    }
}
