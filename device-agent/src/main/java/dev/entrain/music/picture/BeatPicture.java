package dev.entrain.music.picture;

import dev.entrain.music.BeatGrid;
import dev.entrain.music.MusicException;
import dev.entrain.music.Part;
import dev.entrain.music.Song;
import dev.entrain.music.SoundReader;
import dev.entrain.music.SoundReaders;
import dev.entrain.music.decode.MixedReader;
import dev.entrain.plot.Svg;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Draws the waveform of a song in rows, like lines of a text, with a line at each beat and a thick one at each first beat of
 * a bar: a beat that stands beside its stroke is seen at once.
 */
public final class BeatPicture {
    /** Longest stretch of one picture, s. */
    public static final double MOST_S = 1200;

    /** What is drawn of a song if nothing is said, s. */
    public static final double USUAL_S = 360;

    private static final int WIDTH = 1200;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int INSIDE = WIDTH - LEFT - RIGHT;
    private static final int TOP = 92;
    private static final int ROW = 66;
    private static final int STEP = 106;
    private static final int BOTTOM = 20;

    /** Beats farther apart than this are numbered, pixels. */
    private static final double ROOM_FOR_NUMBER = 26;

    private BeatPicture() {}

    /**
     * Draws a stretch of a song.
     *
     * @param fromS where it begins, s, from 0 to the song's end
     * @param lengthS how long it is, s, over 0, at most {@link #MOST_S}
     * @return an SVG file's text
     * @throws MusicException if the song can't be read
     */
    public static String svg(Song song, SoundReaders readers, double fromS, double lengthS) throws MusicException {
        double rowS = rowS(lengthS);
        int rows = (int) Math.ceil(lengthS / rowS - 1e-9);
        List<Path> files = song.parts().isEmpty()
                ? List.of(song.file())
                : song.parts().stream().map(Part::file).toList();
        Waveform wave;
        try (SoundReader reader = MixedReader.open(readers, files)) {
            wave = Waveform.read(reader, fromS, rows * rowS, rows * INSIDE);
        }
        Svg svg = new Svg(WIDTH, TOP + rows * STEP + BOTTOM);
        head(svg, song);
        for (int row = 0; row < rows; row++) {
            row(svg, song, wave, row, fromS + row * rowS, rowS);
        }
        return svg.document();
    }

    /** Rows of 5, 10 or 20 s: a beat of a fast song is then 10 pixels wide at least. */
    private static double rowS(double lengthS) {
        if (lengthS <= 40) {
            return 5;
        }
        return lengthS <= 150 ? 10 : 20;
    }

    private static void head(Svg svg, Song song) {
        BeatGrid beats = song.beats();
        svg.text(LEFT, 30, song.artist().isEmpty() ? song.title() : song.title() + ", " + song.artist(), "title");
        svg.text(
                LEFT,
                52,
                String.format(
                        Locale.ROOT,
                        "%s; %.0f s; %d beats, %.1f a minute; %s; beats vary by %.1f %%; clarity %.2f; %.1f LUFS",
                        song.hash(),
                        song.durationS(),
                        beats.count(),
                        beats.bpm(),
                        beats.beatsPerBar() == 0 ? "bar not known" : beats.beatsPerBar() + " beats a bar",
                        100 * beats.steadiness(),
                        beats.clarity(),
                        song.lufs()),
                "sub");
        svg.line(LEFT, 64, LEFT, 80, "red thick");
        svg.text(LEFT + 8, 76, "first beat of a bar, with the bar's number", "small");
        svg.line(LEFT + 280, 64, LEFT + 280, 80, "red");
        svg.text(LEFT + 288, 76, "beat", "small");
        svg.text(WIDTH - RIGHT, 76, "numbers below: seconds", "small end");
    }

    private static void row(Svg svg, Song song, Waveform wave, int row, double fromS, double rowS) {
        double top = TOP + row * (double) STEP;
        double perS = INSIDE / rowS;
        double endS = song.durationS();
        svg.rectangle(LEFT, top, INSIDE, ROW, "panel");
        svg.text(LEFT - 8, top + ROW / 2.0 + 4, clock(fromS), "end");
        wave(svg, wave, row, top);
        for (int second = 0; second <= rowS; second++) {
            double x = LEFT + second * perS;
            svg.line(x, top + ROW, x, top + ROW + 4, "zero");
            if (second < rowS && (rowS < 20 || second % 2 == 0)) {
                svg.text(x, top + ROW + 15, Integer.toString((int) Math.round(fromS + second)), "mid tiny");
            }
        }
        if (endS > fromS && endS < fromS + rowS) {
            double x = LEFT + (endS - fromS) * perS;
            svg.line(x, top, x, top + ROW, "black dash");
            svg.text(x + 5, top + ROW / 2.0 + 4, "end", "small");
        }
        BeatGrid beats = song.beats();
        for (int i = 0; i < beats.count(); i++) {
            double atS = beats.beatS(i) - fromS;
            if (atS >= 0 && atS < rowS) {
                beat(svg, beats, i, LEFT + atS * perS, top, perS);
            }
        }
    }

    private static void beat(Svg svg, BeatGrid beats, int i, double x, double top, double perS) {
        boolean first = beats.downbeat(i);
        svg.line(x, first ? top - 5 : top, x, top + ROW, first ? "red thick" : "red");
        if (x > WIDTH - RIGHT - ROOM_FOR_NUMBER) {
            return;
        }
        if (first) {
            int bar = Math.floorDiv(i - beats.firstDownbeat(), beats.beatsPerBar()) + 1;
            svg.text(x + 3, top - 3, Integer.toString(bar), "tiny bold");
        } else if (beats.beatsPerBar() == 0 && beats.bpm() > 0 && perS * 60 / beats.bpm() > ROOM_FOR_NUMBER) {
            svg.text(x + 2, top - 3, Integer.toString(i + 1), "tiny");
        }
    }

    private static void wave(Svg svg, Waveform wave, int row, double top) {
        double scale = ROW / 2.0 / Math.max(wave.most(), 1e-6);
        double middle = top + ROW / 2.0;
        double[] points = new double[4 * INSIDE];
        for (int i = 0; i < INSIDE; i++) {
            int slice = row * INSIDE + i;
            points[2 * i] = LEFT + i + 0.5;
            points[2 * i + 1] = middle - wave.high(slice) * scale;
            points[4 * INSIDE - 2 * i - 2] = LEFT + i + 0.5;
            points[4 * INSIDE - 2 * i - 1] = middle - wave.low(slice) * scale + 0.3;
        }
        svg.polygon("fblue bar", points);
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
