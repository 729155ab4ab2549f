package dev.entrain.music.tune;

import dev.entrain.noise.SeededNoise;

/**
 * Sawtooth voices a little out of tune through a low-pass that opens with each note: bass, pad, lead and sequence.
 *
 * @param voices how many oscillators, 1 to 5
 * @param detuneCents the outermost ones are off by so much
 * @param sub level of a sine an octave below, 0 to 1
 * @param attackS of the loudness, s
 * @param fallS of the loudness, s
 * @param sustain of the loudness, 0 to 1
 * @param releaseS of the loudness, s
 * @param cornerHz of the filter at rest
 * @param openOctaves how far it opens at the note's start
 * @param openS how fast it closes again, s
 * @param resonance of the filter, 0.5 (none) to 5
 */
record Synth(
        int voices,
        double detuneCents,
        double sub,
        double attackS,
        double fallS,
        double sustain,
        double releaseS,
        double cornerHz,
        double openOctaves,
        double openS,
        double resonance)
        implements Instrument {
    /** A round electric bass. */
    static final Synth BASS = new Synth(1, 0, 0.5, 0.003, 0.5, 0.55, 0.05, 260, 2.2, 0.12, 0.8);

    /** A short, firm bass. */
    static final Synth CLUB_BASS = new Synth(2, 6, 0.7, 0.002, 0.25, 0.5, 0.04, 240, 2.6, 0.09, 1.2);

    /** Slow strings. */
    static final Synth PAD = new Synth(3, 11, 0, 0.25, 2, 0.8, 0.5, 900, 0.8, 0.8, 0.6);

    /** A short sequence note. */
    static final Synth SEQUENCE = new Synth(2, 8, 0, 0.002, 0.16, 0.15, 0.08, 700, 2.4, 0.1, 1.6);

    /** A mellow lead. */
    static final Synth LEAD = new Synth(2, 7, 0.15, 0.012, 0.9, 0.7, 0.14, 1300, 1.2, 0.3, 0.8);

    private static final int MOVE_EVERY = 64;
    private static final double CENTS_PER_OCTAVE = 1200;

    @Override
    public Sounding play(Note note, double heldS, long seed) {
        return new Voice(note, heldS, seed);
    }

    private final class Voice implements Sounding {
        private final double[] cycles = new double[voices];
        private final double[] steps = new double[voices];
        private final double subStep;
        private final double strength;
        private final Envelope loudness;
        private final Envelope opening;
        private final LowPass filter = new LowPass(resonance);
        private double subCycles;
        private int frame;

        Voice(Note note, double heldS, long seed) {
            SeededNoise noise = new SeededNoise(seed, 0);
            strength = note.strength();
            for (int i = 0; i < voices; i++) {
                double off = voices == 1 ? 0 : detuneCents * (2.0 * i / (voices - 1) - 1);
                steps[i] = note.hz() * StrictMath.pow(2, off / CENTS_PER_OCTAVE) / TuneRenderer.RATE_HZ;
                cycles[i] = voices == 1 ? 0.5 : noise.uniform();
            }
            subStep = note.hz() / 2 / TuneRenderer.RATE_HZ;
            loudness = new Envelope(attackS, fallS, sustain, releaseS, heldS);
            opening = new Envelope(0, openS, 0, openS, heldS);
        }

        @Override
        public double next() {
            double open = opening.next();
            if (frame++ % MOVE_EVERY == 0) {
                filter.corner(cornerHz * StrictMath.pow(2, openOctaves * open * strength));
            }
            double sum = 0;
            for (int i = 0; i < voices; i++) {
                sum += Waves.saw(cycles[i], steps[i]);
                cycles[i] += steps[i];
                cycles[i] -= cycles[i] >= 1 ? 1 : 0;
            }
            subCycles += subStep;
            double wave = sum / voices + sub * Waves.sine(2 * subCycles);
            return 0.5 * strength * loudness.next() * filter.next(wave);
        }

        @Override
        public boolean over() {
            return loudness.over();
        }
    }
}
