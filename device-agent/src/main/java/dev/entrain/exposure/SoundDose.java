package dev.entrain.exposure;

/**
 * The arithmetic of sound dose: equal energy, 80 dB(A) for 40 h within 7 days is 100 % (WHO-ITU H.870, mode 1 for adults).
 * {@code dose = 100 * sum(10^((L - 80) / 10) * dt) / 144000 s}. The sum is kept in seconds at 80 dB(A).
 */
public final class SoundDose {
    /** Level of the reference, dB(A). */
    public static final double REFERENCE_DBA = 80;

    /** Seconds at 80 dB(A) that are 100 %. */
    public static final double FULL_S = 40 * 3600;

    private SoundDose() {}

    /**
     * Returns the dose.
     *
     * @param equalS seconds at 80 dB(A)
     * @return percent of what is allowed in 7 days
     */
    public static double percent(double equalS) {
        return 100 * equalS / FULL_S;
    }

    /**
     * Returns the seconds at 80 dB(A) that hold the energy of a sound.
     *
     * @param levelDba its equivalent level, dB(A)
     * @param durationS how long it lasts, s
     */
    public static double equalS(double levelDba, double durationS) {
        return Math.pow(10, (levelDba - REFERENCE_DBA) / 10) * durationS;
    }
}
