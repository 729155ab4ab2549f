package dev.entrain.music.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Plays a score, block by block, each stem by itself: every note begins on the frame that {@link Score#frame} names. The
 * stems add up to the piece. Not thread-safe.
 */
final class TuneRenderer {
    /** Frames per second. */
    static final int RATE_HZ = 48_000;

    private static final int MOST_VOICES = 256;

    private final Score score;
    private final List<String> stems;
    private final Reverberation[] rooms;
    private final List<Start> starts;
    private final List<Voice> voices = new ArrayList<>();
    private int nextStart;
    private int frame;

    private record Start(int frame, int stem, Line line, Note note, long seed) {}

    private record Voice(int frame, int stem, double gain, double send, Sounding sounding) {}

    /**
     * Prepares a score.
     *
     * @param stems their names, in the order wanted
     */
    TuneRenderer(Score score, List<String> stems) {
        this.score = score;
        this.stems = List.copyOf(stems);
        rooms = new Reverberation[stems.size()];
        for (int i = 0; i < rooms.length; i++) {
            rooms[i] = new Reverberation();
        }
        starts = new ArrayList<>();
        for (Line line : score.lines()) {
            for (Note note : line.notes()) {
                starts.add(new Start(
                        score.frame(note.beat()), stems.indexOf(line.stem()), line, note, 7919L * starts.size() + 1));
            }
        }
        starts.sort(Comparator.comparingInt(Start::frame));
    }

    /** Returns how many frames are left. */
    int left() {
        return score.frames() - frame;
    }

    /**
     * Plays the next frames.
     *
     * @param out one array for each stem; overwritten
     * @param frames how many, at most {@link #left}
     */
    void render(double[][] out, int frames) {
        double[][] sends = new double[stems.size()][frames];
        for (int stem = 0; stem < stems.size(); stem++) {
            Arrays.fill(out[stem], 0, frames, 0);
        }
        while (nextStart < starts.size() && starts.get(nextStart).frame() < frame + frames) {
            begin(starts.get(nextStart++));
        }
        for (Voice voice : voices) {
            double[] dry = out[voice.stem()];
            double[] wet = sends[voice.stem()];
            for (int i = Math.max(0, voice.frame() - frame);
                    i < frames && !voice.sounding().over();
                    i++) {
                double value = voice.gain() * voice.sounding().next();
                dry[i] += value;
                wet[i] += voice.send() * value;
            }
        }
        voices.removeIf(voice -> voice.sounding().over());
        for (int stem = 0; stem < stems.size(); stem++) {
            for (int i = 0; i < frames; i++) {
                out[stem][i] += rooms[stem].next(sends[stem][i]);
            }
        }
        frame += frames;
    }

    private void begin(Start start) {
        if (voices.size() == MOST_VOICES) {
            throw new IllegalStateException("more than " + MOST_VOICES + " notes at once at frame " + start.frame());
        }
        Line line = start.line();
        Sounding sounding =
                line.instrument().play(start.note(), score.seconds(start.note().beats()), start.seed());
        voices.add(new Voice(start.frame(), start.stem(), line.gain(), line.send(), sounding));
    }
}
