package dev.entrain.validation.beat;

import dev.entrain.music.BeatGrid;
import dev.entrain.music.MusicException;
import dev.entrain.music.SoundReader;
import dev.entrain.music.SoundReaders;
import dev.entrain.music.beat.BeatTracker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the beats of every piece of a set and scores them beside a peer's. Not thread-safe. */
public final class BeatEvaluation {
    /** The part by which the tracker is only judged, and never improved. */
    static final String HELD_OUT = "held-out";

    /** Parts of a set and the first seeds of their pieces; each is rendered with other instruments. */
    private static final Map<String, Long> PARTS = Map.of("development", 1L, HELD_OUT, 101L);

    private static final int PIECES_OF_A_KIND = 3;
    private static final int MOST_PIECES = 10_000;
    private static final int CHUNK_FRAMES = 8192;

    /** What the held-out part must reach, means over its pieces: a little under what it had when this was written. */
    private static final double LEAST_F = 0.78;

    private static final double LEAST_CMLT = 0.65;

    private final SoundReaders readers;

    /** Reads sounds by {@code readers}. */
    public BeatEvaluation(SoundReaders readers) {
        this.readers = readers;
    }

    /**
     * What came out.
     *
     * @param text the tables
     * @param passed whether the bars were reached
     */
    public record Verdict(String text, boolean passed) {}

    /**
     * Composes the set: folders with {@code NAME.mid} and {@code NAME.beats}.
     *
     * @return how many pieces
     */
    public static int compose(Path set) throws IOException {
        int count = 0;
        for (Map.Entry<String, Long> part : PARTS.entrySet()) {
            Path folder = Files.createDirectories(set.resolve(part.getKey()));
            for (Piece piece : Piece.of(PIECES_OF_A_KIND, part.getValue())) {
                piece.compose(folder);
                count++;
            }
        }
        return count;
    }

    /**
     * Scores a set whose beats are known.
     *
     * @throws MusicException if a sound cannot be read
     */
    public Verdict scores(Path set) throws IOException, MusicException {
        List<PieceScore> scores = new ArrayList<>();
        for (Path piece : pieces(set)) {
            scores.add(score(piece));
        }
        BeatTable table = new BeatTable(scores);
        double f = table.mean(HELD_OUT, score -> score.ours().f());
        double cmlt = table.mean(HELD_OUT, score -> score.ours().cmlt());
        boolean passed = f >= LEAST_F && cmlt >= LEAST_CMLT;
        String text = String.format(
                Locale.ROOT,
                "%s%nnot found at their own level:%n%s%nheld-out F %.3f (at least %.2f), CMLt %.3f (at least %.2f): %s",
                table.text(),
                table.misses(),
                f,
                LEAST_F,
                cmlt,
                LEAST_CMLT,
                passed ? "passed" : "below the bar");
        return new Verdict(text, passed);
    }

    /**
     * Compares tempos where nothing is known.
     *
     * @throws MusicException if a sound cannot be read
     */
    public Verdict tempos(Path set) throws IOException, MusicException {
        StringBuilder text = new StringBuilder(String.format(
                "| sound | minutes | ours (per minute) | beats of a bar | steadiness | clarity | peer | |%n"
                        + "|---|---|---|---|---|---|---|---|%n"));
        for (Path piece : pieces(set)) {
            double[] lengthS = new double[1];
            BeatGrid grid = track(piece, lengthS);
            double[] peer = times(besides(piece, ".peer"));
            double peerBpm = peer.length < 3 ? 0 : 60 / medianInterval(peer);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s/%s | %.1f | %.1f | %d | %.3f | %.2f | %.1f | %s |%n",
                    part(piece),
                    piece.getFileName(),
                    lengthS[0] / 60,
                    grid.bpm(),
                    grid.beatsPerBar(),
                    grid.steadiness(),
                    grid.clarity(),
                    peerBpm,
                    agreement(grid.bpm(), peerBpm)));
        }
        return new Verdict(text.toString(), true);
    }

    private static String agreement(double bpm, double peerBpm) {
        if (bpm == 0 || peerBpm == 0) {
            return bpm == peerBpm ? "neither" : "one only";
        }
        double[] ratios = {1, 2, 0.5, 1.5, 2 / 3.0, 3, 1 / 3.0, 4 / 3.0, 0.75};
        String[] names = {"same", "double", "half", "3:2", "2:3", "triple", "third", "4:3", "3:4"};
        for (int i = 0; i < ratios.length; i++) {
            if (Math.abs(bpm / peerBpm / ratios[i] - 1) < 0.04) {
                return names[i];
            }
        }
        return "other";
    }

    /** Returns the sounds of all parts of a set, by name. */
    private static List<Path> pieces(Path set) throws IOException {
        List<Path> pieces = new ArrayList<>();
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(set, Files::isDirectory)) {
            for (Path part : parts) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(part, "*.{wav,ogg,opus,flac,mp3}")) {
                    for (Path file : files) {
                        if (pieces.size() < MOST_PIECES) {
                            pieces.add(file);
                        }
                    }
                }
            }
        }
        Collections.sort(pieces);
        return pieces;
    }

    private PieceScore score(Path sound) throws IOException, MusicException {
        double[][] known = known(besides(sound, ".beats"));
        long beforeNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        double[] lengthS = new double[1];
        BeatGrid grid = track(sound, lengthS);
        double cpuS = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - beforeNs) / 1e9;
        String name = besides(sound, "").getFileName().toString();
        return new PieceScore(
                part(sound),
                name.replaceFirst("_.*", ""),
                name,
                BeatScore.of(known[0], grid.beatsS()),
                BeatScore.of(known[0], times(besides(sound, ".peer"))),
                BeatScore.f(
                        BeatScore.from(known[1], BeatScore.SKIP_S), BeatScore.from(downbeats(grid), BeatScore.SKIP_S)),
                60 / medianInterval(known[0]),
                grid,
                lengthS[0],
                cpuS);
    }

    private static String part(Path sound) {
        Path folder = sound.getParent();
        return folder == null ? "" : String.valueOf(folder.getFileName());
    }

    private static Path besides(Path sound, String ending) {
        return sound.resolveSibling(sound.getFileName().toString().replaceFirst("\\.[a-z0-9]+$", "") + ending);
    }

    private static double medianInterval(double[] times) {
        double[] intervals = new double[times.length - 1];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = times[i + 1] - times[i];
        }
        Arrays.sort(intervals);
        return intervals[intervals.length / 2];
    }

    private BeatGrid track(Path sound, double[] lengthS) throws MusicException {
        try (SoundReader reader = readers.open(sound)) {
            BeatTracker tracker = new BeatTracker(reader.rateHz());
            int channels = reader.channels();
            float[] frames = new float[CHUNK_FRAMES * channels];
            float[] mono = new float[CHUNK_FRAMES];
            long all = 0;
            int got = reader.read(frames, CHUNK_FRAMES);
            while (got > 0) {
                for (int i = 0; i < got; i++) {
                    float sum = 0;
                    for (int c = 0; c < channels; c++) {
                        sum += frames[i * channels + c];
                    }
                    mono[i] = sum / channels;
                }
                tracker.feed(mono, got);
                all += got;
                got = reader.read(frames, CHUNK_FRAMES);
            }
            lengthS[0] = all / (double) reader.rateHz();
            return tracker.finish();
        }
    }

    private static double[] downbeats(BeatGrid grid) {
        double[] times = new double[grid.count()];
        int count = 0;
        for (int i = 0; i < times.length; i++) {
            if (grid.downbeat(i)) {
                times[count++] = grid.beatS(i);
            }
        }
        return Arrays.copyOf(times, count);
    }

    /** All known beats, and those that begin a bar. */
    private static double[][] known(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        double[][] known = new double[2][lines.size()];
        int[] count = new int[2];
        for (String line : lines.subList(1, lines.size())) {
            int comma = line.indexOf(',');
            double timeS = Double.parseDouble(line.substring(0, comma));
            known[0][count[0]++] = timeS;
            if ("1".equals(line.substring(comma + 1))) {
                known[1][count[1]++] = timeS;
            }
        }
        return new double[][] {Arrays.copyOf(known[0], count[0]), Arrays.copyOf(known[1], count[1])};
    }

    /** A peer's answer, a time a line; nothing found where there is no such file. */
    private static double[] times(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new double[0];
        }
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .mapToDouble(Double::parseDouble)
                .sorted()
                .toArray();
    }
}
