package dev.entrain.validation.beat;

import dev.entrain.noise.SeededNoise;

/** When each beat of a piece comes, and what lies between. Immutable. */
final class TimeCourse {
    /** How the tempo goes on. */
    enum Kind {
        STEADY,
        /** Up and down by 4 % in 20 to 40 s. */
        DRIFT,
        /** As a pianist plays: phrases of 8 beats begin and end up to 12 % slower than their middle, none like another. */
        RUBATO
    }

    private static final int PARTS = 12;
    private static final double DRIFT_SHARE = 0.04;
    private static final double RUBATO_SHARE = 0.06;
    private static final int PHRASE_BEATS = 8;

    private final double[] times;

    TimeCourse(Kind kind, double bpm, double startS, int beats, SeededNoise noise) {
        times = new double[(beats + 2) * PARTS];
        double driftS = noise.uniform(20, 40);
        double driftTurn = noise.uniform(0, 2 * Math.PI);
        double timeS = startS;
        double mood = 0;
        for (int i = 0; i < times.length; i++) {
            times[i] = timeS;
            double tempo = bpm;
            if (kind == Kind.DRIFT) {
                tempo *= 1 + DRIFT_SHARE * Math.sin(2 * Math.PI * timeS / driftS + driftTurn);
            } else if (kind == Kind.RUBATO) {
                if (i % PARTS == 0) {
                    mood = 0.6 * mood + 0.02 * noise.gaussian();
                }
                double phrase = i % (PARTS * PHRASE_BEATS) / (double) (PARTS * PHRASE_BEATS);
                tempo *= 1 + mood - RUBATO_SHARE * Math.cos(2 * Math.PI * phrase);
            }
            timeS += 60 / tempo / PARTS;
        }
    }

    /** Returns when a place in beats from the beginning comes, s. */
    double timeS(double beat) {
        double place = Math.clamp(beat * PARTS, 0, times.length - 1.0);
        int i = (int) Math.min(place, times.length - 2.0);
        return times[i] + (place - i) * (times[i + 1] - times[i]);
    }
}
