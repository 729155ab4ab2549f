package dev.entrain.music.tune;

/**
 * Struck bars: partials of a bar that was tuned by its maker (1 : 4 : 10, as of a marimba or vibraphone; Fletcher and
 * Rossing, "The Physics of Musical Instruments", 2nd ed., chapter 19), each dying at its own pace.
 */
final class Mallet implements Instrument {
    private static final double[] RATIO = {1, 4, 10};
    private static final double[] LEVEL = {0.6, 0.16, 0.05};
    private static final double[] FALL_S = {0.55, 0.16, 0.05};
    private static final double RELEASE_S = 0.25;
    private static final double MOST_HZ = 12_000;

    @Override
    public Sounding play(Note note, double heldS, long seed) {
        double hz = note.hz();
        Envelope[] loudness = new Envelope[RATIO.length];
        double[] steps = new double[RATIO.length];
        double[] levels = new double[RATIO.length];
        for (int i = 0; i < RATIO.length; i++) {
            loudness[i] = new Envelope(0.0015, FALL_S[i], 0, RELEASE_S, heldS);
            steps[i] = RATIO[i] * hz / TuneRenderer.RATE_HZ;
            levels[i] = RATIO[i] * hz < MOST_HZ ? LEVEL[i] * note.strength() : 0;
        }
        return new Sounding() {
            private final double[] cycles = new double[RATIO.length];

            @Override
            public double next() {
                double sum = 0;
                for (int i = 0; i < RATIO.length; i++) {
                    cycles[i] += steps[i];
                    sum += levels[i] * loudness[i].next() * Waves.sine(cycles[i]);
                }
                return sum;
            }

            @Override
            public boolean over() {
                return loudness[0].over();
            }
        };
    }
}
