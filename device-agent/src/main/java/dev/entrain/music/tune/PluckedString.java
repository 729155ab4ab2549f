package dev.entrain.music.tune;

import dev.entrain.noise.SeededNoise;

/**
 * A plucked string: a delay as long as a cycle, filled with the drawn string's shape, whose highs die first (Karplus and Strong 1983, Computer
 * Music Journal 7(2); tuned by an all-pass as Jaffe and Smith did in the same issue).
 */
final class PluckedString implements Instrument {
    private static final double PICK_AT = 0.19;
    private static final double MINUS_60_DB = -6.907755;
    private static final double RELEASE_S = 0.12;
    private static final double FILTER_DELAY = 0.5;
    private static final double LEAST_FRACTION = 0.3;
    private static final int MOST_PARTIALS = 24;
    private static final double FINGER = 0.08;
    private static final double LOUDNESS = 0.3;

    private final double softness;
    private final double decayS;

    /**
     * Makes an instrument.
     *
     * @param softness of the finger, 0 (hard, bright) to 0.9
     * @param decayS time to -60 dB of a note of 200 Hz, s
     */
    PluckedString(double softness, double decayS) {
        this.softness = softness;
        this.decayS = decayS;
    }

    @Override
    public Sounding play(Note note, double heldS, long seed) {
        return new Vibration(note, heldS, seed);
    }

    private final class Vibration implements Sounding {
        private final double[] delay;
        private final double allPass;
        private final double loss;
        private final Envelope envelope;
        private int at;
        private double averaged;
        private double passed;
        private double lastIn;

        Vibration(Note note, double heldS, long seed) {
            double hz = note.hz();
            double cycle = TuneRenderer.RATE_HZ / hz;
            int whole = (int) (cycle - FILTER_DELAY - LEAST_FRACTION);
            double fraction = cycle - FILTER_DELAY - whole;
            allPass = (1 - fraction) / (1 + fraction);
            loss = StrictMath.exp(MINUS_60_DB / (decayS * hz * StrictMath.sqrt(200 / hz)));
            envelope = new Envelope(0, 60, 1, RELEASE_S, heldS);
            delay = new double[whole];
            fill(note.strength(), seed);
        }

        /** A string that was drawn aside at one point and let go, and the noise of the finger. */
        private void fill(double strength, long seed) {
            SeededNoise noise = new SeededNoise(seed, 0);
            double slope = 1 + softness + 0.3 * (1 - strength);
            int partials = Math.min(MOST_PARTIALS, delay.length / 4);
            double[] phases = new double[partials + 1]; // In step they would only make the peaks higher.
            for (int n = 1; n <= partials; n++) {
                phases[n] = noise.uniform();
            }
            double energy = 0;
            double low = 0;
            for (int i = 0; i < delay.length; i++) {
                double wave = 0;
                for (int n = 1; n <= partials; n++) {
                    double level = Waves.sine(n * PICK_AT / 2) / StrictMath.pow(n, slope);
                    wave += level * Waves.sine((double) n * i / delay.length + phases[n]);
                }
                low += (1 - softness) * (noise.uniform(-1, 1) - low);
                delay[i] = wave + FINGER * low;
                energy += delay[i] * delay[i] / delay.length;
            }
            double scale = LOUDNESS * strength / Math.sqrt(energy);
            for (int i = 0; i < delay.length; i++) {
                delay[i] *= scale;
            }
        }

        @Override
        public double next() {
            double out = delay[at];
            double mean = loss * 0.5 * (out + averaged);
            averaged = out;
            passed = allPass * (mean - passed) + lastIn;
            lastIn = mean;
            delay[at] = passed;
            at = at + 1 == delay.length ? 0 : at + 1;
            return out * envelope.next();
        }

        @Override
        public boolean over() {
            return envelope.over();
        }
    }
}
