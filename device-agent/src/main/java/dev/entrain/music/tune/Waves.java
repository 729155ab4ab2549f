package dev.entrain.music.tune;

/**
 * Waves of one cycle, from a table: the same bits everywhere (StrictMath), and quick. Stateless; phases are in cycles.
 */
final class Waves {
    private static final int POINTS = 8192;
    private static final double[] SINE = sine();

    private Waves() {}

    private static double[] sine() {
        double[] table = new double[POINTS + 1];
        for (int i = 0; i <= POINTS; i++) {
            table[i] = StrictMath.sin(2 * Math.PI * i / POINTS);
        }
        return table;
    }

    /** Returns the sine of a phase, cycles, any; exact to 1e-7. */
    static double sine(double cycles) {
        double at = (cycles - Math.floor(cycles)) * POINTS;
        int index = (int) at;
        return SINE[index] + (at - index) * (SINE[index + 1] - SINE[index]);
    }

    /**
     * Returns a sawtooth without the worst of its aliases: the jump is rounded by a polynomial (PolyBLEP; Välimäki and
     * Huovilainen 2007, IEEE Signal Processing Magazine 24(2)).
     *
     * @param cycles phase in [0, 1)
     * @param step phase per frame
     */
    static double saw(double cycles, double step) {
        double value = 2 * cycles - 1;
        if (cycles < step) {
            double t = cycles / step;
            return value - (t + t - t * t - 1);
        }
        if (cycles > 1 - step) {
            double t = (cycles - 1) / step;
            return value - (t * t + t + t + 1);
        }
        return value;
    }
}
