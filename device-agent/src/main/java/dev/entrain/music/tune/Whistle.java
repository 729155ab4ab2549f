package dev.entrain.music.tune;

import dev.entrain.noise.SeededNoise;

/** A wooden flute: few partials, a little breath, a vibrato that comes once the note stands. */
final class Whistle implements Instrument {
    private static final double ATTACK_S = 0.022;
    private static final double RELEASE_S = 0.07;
    private static final double VIBRATO_HZ = 5.1;
    private static final double VIBRATO_CYCLES = 0.004;
    private static final double VIBRATO_AFTER_S = 0.35;
    private static final double BREATH = 0.05;

    @Override
    public Sounding play(Note note, double heldS, long seed) {
        double hz = note.hz();
        Envelope loudness = new Envelope(ATTACK_S, 0.6, 0.8, RELEASE_S, heldS);
        Envelope chiff = new Envelope(0.004, 0.03, 0.25, RELEASE_S, heldS);
        LowPass mouth = new LowPass(2);
        mouth.corner(2 * hz);
        SeededNoise noise = new SeededNoise(seed, 0);
        return new Sounding() {
            private double seconds;

            @Override
            public double next() {
                seconds += 1.0 / TuneRenderer.RATE_HZ;
                double depth = Math.min(1, Math.max(0, seconds - VIBRATO_AFTER_S) / VIBRATO_AFTER_S);
                double bend = VIBRATO_CYCLES * hz / VIBRATO_HZ * depth * Waves.sine(VIBRATO_HZ * seconds);
                double cycles = hz * seconds + bend;
                double tone = Waves.sine(cycles) + 0.28 * Waves.sine(2 * cycles) + 0.12 * Waves.sine(3 * cycles);
                mouth.next(noise.uniform(-1, 1));
                double breath = BREATH * chiff.next() * mouth.band();
                return note.strength() * (0.5 * loudness.next() * tone + breath);
            }

            @Override
            public boolean over() {
                return loudness.over();
            }
        };
    }
}
