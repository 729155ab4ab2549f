package dev.entrain.musictest;

import dev.entrain.music.BeatGrid;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import dev.entrain.music.SoundReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A piece made of strokes on its beats, softer ones between, over soft chords; or of the chords alone, which are smooth, so
 * that every break would show. Its beats are exact. Made frame by frame, so length costs no memory.
 *
 * @param rateHz frames per second
 * @param channels 1 or more, all alike
 * @param seconds length, s
 * @param bpm tempo at the beginning, beats per minute
 * @param drift relative change of tempo over the piece: 0.04 ends 4 % faster
 * @param strokes whether there are any
 */
public record KnownPiece(int rateHz, int channels, double seconds, double bpm, double drift, boolean strokes) {
    private static final double FIRST_BEAT_S = 1.3;
    private static final double ATTACK_S = 0.001;
    private static final double DECAY_S = 0.03;
    private static final double STROKE_S = 0.25;
    private static final double[] CHORD_HZ = {146.83, 220, 329.63, 493.88};
    private static final double CHORD_LEVEL = 0.04;

    /** A piece of strokes at 48 kHz in one channel. */
    public static KnownPiece strokes(double seconds, double bpm) {
        return new KnownPiece(48_000, 1, seconds, bpm, 0, true);
    }

    /** A smooth piece. */
    public static KnownPiece smooth(double seconds, double bpm) {
        return new KnownPiece(48_000, 1, seconds, bpm, 0, false);
    }

    /** Returns when each beat begins, s. */
    public double[] beatsS() {
        double[] beats = new double[(int) (seconds * bpm / 60 * (1 + Math.abs(drift))) + 2];
        int count = 0;
        double at = FIRST_BEAT_S;
        while (at < seconds - 1 && count < beats.length) {
            beats[count++] = at;
            at += 60 / (bpm * (1 + drift * at / seconds));
        }
        return Arrays.copyOf(beats, count);
    }

    /**
     * Returns it as a song of the shelf.
     *
     * @param hash its name
     * @param lufs how loud it is, LUFS, as it was measured
     */
    public Song song(String hash, double lufs) {
        double[] beats = beatsS();
        double[] gaps = new double[beats.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = beats[i + 1] - beats[i];
        }
        Arrays.sort(gaps);
        BeatGrid grid = new BeatGrid(beats, 4, 0, 60 / gaps[gaps.length / 2], 0, 1);
        return new Song(hash, hash, "", seconds, lufs, -3, grid, Preference.NEUTRAL, Path.of(hash), List.of());
    }

    /** Opens it at its first frame. */
    public SoundReader open() {
        return new Reader(this);
    }

    /** Returns its first frames, one channel. */
    public float[] sound(int frames) {
        Reader reader = new Reader(new KnownPiece(rateHz, 1, seconds, bpm, drift, strokes));
        float[] sound = new float[frames];
        reader.read(sound, frames);
        return sound;
    }

    private static final class Reader implements SoundReader {
        private final KnownPiece piece;
        private final double[] beats;
        private final double[] jitter = new double[64];
        private long frame;

        Reader(KnownPiece piece) {
            this.piece = piece;
            beats = piece.beatsS();
            Random random = new Random(5);
            for (int i = 0; i < jitter.length; i++) {
                jitter[i] = random.nextDouble();
            }
        }

        @Override
        public int rateHz() {
            return piece.rateHz;
        }

        @Override
        public int channels() {
            return piece.channels;
        }

        @Override
        public long frames() {
            return (long) (piece.seconds * piece.rateHz);
        }

        @Override
        public int read(float[] interleaved, int frames) {
            int count = Math.clamp(frames() - frame, 0, frames);
            for (int i = 0; i < count; i++) {
                float sample = (float) at((double) frame++ / piece.rateHz);
                for (int channel = 0; channel < piece.channels; channel++) {
                    interleaved[i * piece.channels + channel] = sample;
                }
            }
            return count;
        }

        @Override
        public void seek(long to) {
            frame = to;
        }

        @Override
        public void close() {}

        private double at(double timeS) {
            double sum = 0;
            for (int i = 0; i < CHORD_HZ.length; i++) {
                sum += CHORD_LEVEL * Math.sin(2 * Math.PI * (CHORD_HZ[i] * timeS + jitter[i]));
            }
            if (!piece.strokes) {
                return sum;
            }
            int next = Arrays.binarySearch(beats, timeS);
            int beat = next >= 0 ? next : -next - 2;
            if (beat >= 0 && beat < beats.length) {
                sum += stroke(timeS - beats[beat], 620 + 15 * jitter[beat % jitter.length], 0.5);
                double gap = beat + 1 < beats.length ? beats[beat + 1] - beats[beat] : 60 / piece.bpm;
                sum += stroke(timeS - beats[beat] - gap / 2, 2900, 0.06);
            }
            return sum;
        }

        private static double stroke(double sinceS, double hz, double level) {
            if (sinceS < 0 || sinceS > STROKE_S) {
                return 0;
            }
            double attack = Math.min(1, sinceS / ATTACK_S);
            return level * attack * Math.exp(-sinceS / DECAY_S) * Math.cos(2 * Math.PI * hz * sinceS);
        }
    }
}
