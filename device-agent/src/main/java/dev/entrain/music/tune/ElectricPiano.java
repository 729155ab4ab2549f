package dev.entrain.music.tune;

/** An electric piano: a body and a short bright tine, each one sine bending another (FM; Chowning 1973, JAES 21(7)). */
final class ElectricPiano implements Instrument {
    private static final double TINE_RATIO = 14;
    private static final double TINE_S = 0.09;
    private static final double RELEASE_S = 0.09;
    private static final double TREMOLO_HZ = 4.6;
    private static final double TREMOLO = 0.08;
    private static final double LEAST_FALL_S = 0.4;
    private static final double MOST_TINE_HZ = 9000;

    @Override
    public Sounding play(Note note, double heldS, long seed) {
        double hz = note.hz();
        double step = hz / TuneRenderer.RATE_HZ;
        double fallS = Math.max(LEAST_FALL_S, 1.9 - hz / 500);
        Envelope body = new Envelope(0.001, fallS, 0, RELEASE_S, heldS);
        Envelope bend = new Envelope(0, 0.5 * fallS, 0.15, RELEASE_S, heldS);
        Envelope tine = new Envelope(0, TINE_S, 0, RELEASE_S, heldS);
        double index = 0.12 + 0.16 * note.strength();
        double bright = hz * TINE_RATIO < MOST_TINE_HZ ? 0.09 * note.strength() : 0;
        return new Sounding() {
            private double cycles;
            private double seconds;

            @Override
            public double next() {
                cycles += step;
                seconds += 1.0 / TuneRenderer.RATE_HZ;
                double tremolo = 1 - TREMOLO + TREMOLO * Waves.sine(TREMOLO_HZ * seconds);
                double low = Waves.sine(cycles + index * bend.next() * Waves.sine(cycles));
                double high = bright * tine.next() * Waves.sine(cycles + 0.2 * Waves.sine(TINE_RATIO * cycles));
                return note.strength() * tremolo * body.next() * (0.6 * low + high);
            }

            @Override
            public boolean over() {
                return body.over();
            }
        };
    }
}
