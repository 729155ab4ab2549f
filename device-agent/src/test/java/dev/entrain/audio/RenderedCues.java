package dev.entrain.audio;

import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;

/** Beats as the mixer renders them, as fast as it can, and what energy they must have by computation. */
public final class RenderedCues {
    static final int RATE_HZ = 48_000;
    private static final int BLOCK = 256;
    private static final int BEATS = 120;
    private static final long BEAT_NS = 500_000_000L;

    private final CueMixer mixer =
            new CueMixer(AudioConfig.DEFAULT, RATE_HZ, new Counters(), new SlotRing<>(2, PlayedCue::new));
    private final LinearFrameClock clock = new LinearFrameClock(0, RATE_HZ);
    private final float[] block = new float[2 * BLOCK];
    private double renderedS;
    private double addedS;
    private long cueId;

    /** How loud it is. */
    public SoundLevel level() {
        return mixer.level();
    }

    /** Plays a minute of beats at 120 a minute and -18 dBFS; returns their energy by computation, full-scale sine seconds. */
    public double playMinute() {
        long fromNs = clock.timeNsOf(mixer.nextFrame()) + BEAT_NS;
        double gain = AudioConfig.DEFAULT.levelGain();
        double energyS = 0.5 * BEATS * (beatEnergyS(Foot.LEFT, gain) + beatEnergyS(Foot.RIGHT, gain));
        for (int i = 0; i < BEATS; i++) {
            CueCommand beat = CueCommands.schedule(++cueId, fromNs + i * BEAT_NS);
            mixer.apply(beat);
            render(0.5);
        }
        render(1);
        return energyS;
    }

    /** Renders silence. */
    public void playSilence(double seconds) {
        render(seconds);
    }

    /** Counts a sound that nobody rendered, full-scale sine seconds. */
    public void count(double energyS) {
        addedS += energyS;
        tell();
    }

    private void render(double seconds) {
        long frames = Math.round(seconds * RATE_HZ);
        for (long done = 0; done < frames; done += BLOCK) {
            mixer.render(block, (int) Math.min(BLOCK, frames - done), clock);
            mixer.confirmWritten();
            renderedS = level().exposureS();
        }
        tell();
    }

    private void tell() {
        level().told(renderedS + addedS, 0, level().attenuationDb());
    }

    /**
     * The A-weighted energy of a beat by its spectrum and the analogue curve of IEC 61672-1, annex E, which shares nothing
     * with the filter under test.
     */
    static double beatEnergyS(Foot foot, double gain) {
        float[] sound = new Voices(SoundConfig.DEFAULT.timbre(), RATE_HZ).of(Voice.BEAT, foot);
        int size = 4096;
        double[] cos = new double[size];
        for (int i = 0; i < size; i++) {
            cos[i] = Math.cos(2 * Math.PI * i / size);
        }
        double sum = 0;
        for (int k = 1; k < size / 2; k++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < sound.length; i++) {
                re += sound[i] * cos[k * i % size];
                im += sound[i] * cos[(k * i + size / 4) % size];
            }
            sum += 2 * (re * re + im * im) * curve((double) k * RATE_HZ / size);
        }
        return sum / size * gain * gain / 0.5 / RATE_HZ;
    }

    /** The A curve as a power, 1 at 1 kHz. */
    private static double curve(double hz) {
        return power(hz) / power(1000);
    }

    private static double power(double hz) {
        double f = hz * hz;
        double amplitude = f
                * f
                / ((f + 20.598997 * 20.598997)
                        * (f + 12_194.217 * 12_194.217)
                        * Math.sqrt((f + 107.65265 * 107.65265) * (f + 737.86223 * 737.86223)));
        return amplitude * amplitude;
    }
}
