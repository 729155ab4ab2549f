package dev.entrain.cuetest;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioInput;
import dev.entrain.audio.PlayedCue;
import dev.entrain.audio.Timbre;
import dev.entrain.audio.alsa.AlsaInputOpener;
import dev.entrain.sample.Foot;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for every beat in what an input records, from {@value #EARLIEST_MS} to {@value #LATEST_MS} ms after its planned moment,
 * {@value #SETTLED_MS} ms later, when the input's clock is known from both sides of it. One thread feeds and asks it.
 */
public final class LoopbackMeter implements AutoCloseable {
    /** Earliest a beat is looked for, ms from its planned moment. */
    public static final long EARLIEST_MS = -50;

    /** Latest. */
    public static final long LATEST_MS = 500;

    /** What is played to be found: the other timbres ring, and one swing of them is too like the next in an echo. */
    public static final Timbre TIMBRE = Timbre.CLICK;

    private static final long SETTLED_MS = 1_700;
    private static final long LOST_MS = 4_000;
    private static final long MS = 1_000_000L;
    private static final int MOST_PENDING = 64;

    /** Beats kept for the result: 10 hours. */
    private static final int MOST_CUES = 72_000;

    private final CaptureLoop capture;
    private final SoundFinder[] finders = new SoundFinder[Foot.COUNT];
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<HeardCue> cues = new ArrayList<>();

    private record Pending(long cueId, long onsetNs, Foot foot) {}

    /**
     * Opens the input and records.
     *
     * @param config level and sounds of what is played
     * @param input where it is recorded
     * @param onSound what the recording thread does with its first piece, to be lifted to its priority
     * @throws IOException if the input cannot be recorded from; the message says what to do
     */
    LoopbackMeter(AudioConfig config, AudioInput.Opener input, Runnable onSound) throws IOException {
        capture = new CaptureLoop(input);
        String failure = capture.start(onSound);
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        int rateHz = capture.rateHz();
        int places = (int) ((LATEST_MS - EARLIEST_MS) * rateHz / 1000);
        for (int foot = 0; foot < Foot.COUNT; foot++) {
            finders[foot] = new SoundFinder(CueSounds.beat(config, rateHz, Foot.of(foot)), places, rateHz);
        }
    }

    /**
     * Opens an ALSA input and records.
     *
     * @param config level and sounds of what is played
     * @param device name of the input; null for no loopback at all
     * @param onSound what the recording thread does with its first piece, to be lifted to its priority
     * @return null without a device
     * @throws IOException if the input cannot be recorded from; the message says what to do
     */
    public static @Nullable LoopbackMeter of(AudioConfig config, @Nullable String device, Runnable onSound)
            throws IOException {
        return device == null
                ? null
                : new LoopbackMeter(config, new AlsaInputOpener(device, NanoClock.SYSTEM), onSound);
    }

    /** Takes note of a beat that was written. */
    void played(PlayedCue cue) {
        if (pending.size() < MOST_PENDING) {
            pending.add(new Pending(cue.cueId, cue.onsetNs, cue.foot));
        }
    }

    /** Looks for one beat that is due; takes a few milliseconds. */
    void look(long nowNs) {
        Pending cue = pending.peek();
        if (cue == null || nowNs - cue.onsetNs() < SETTLED_MS * MS) {
            return;
        }
        SoundFinder finder = finders[cue.foot().ordinal()];
        CaptureLoop.Piece piece = capture.piece(cue.onsetNs() + EARLIEST_MS * MS, finder.frames());
        if (piece == null
                && nowNs - cue.onsetNs() < LOST_MS * MS
                && capture.failure().isEmpty()) {
            return; // An input that reports late may have it at the next look.
        }
        pending.remove();
        List<HeardCue.Place> places = new ArrayList<>();
        if (piece != null) {
            for (Arrival each : finder.find(piece.left, piece.right)) {
                double lagNs = piece.firstNs - cue.onsetNs() + each.lagFrames() * piece.nsPerFrame;
                places.add(new HeardCue.Place(lagNs, each));
            }
        }
        if (cues.size() < MOST_CUES) {
            cues.add(new HeardCue(cue.cueId(), cue.onsetNs(), places));
        }
    }

    /** Returns what was found so far. */
    public LoopbackResult result() {
        String broken = capture.failure();
        String input = broken.isEmpty() ? capture.description() : broken;
        if (cues.isEmpty()) {
            String why =
                    broken.isEmpty() ? "No beat was played long enough ago to be looked for: raise --seconds." : broken;
            return LoopbackResult.refused(input, why, 0, capture.overruns(), capture.ratePpm());
        }
        return evaluate(input, cues, capture.overruns(), capture.ratePpm());
    }

    @Override
    public void close() {
        capture.stop();
    }

    static LoopbackResult evaluate(String input, List<HeardCue> cues, long overruns, double inputPpm) {
        Alignment alignment = new Alignment(cues);
        if (!alignment.refusal().isEmpty()) {
            return LoopbackResult.refused(input, alignment.refusal(), cues.size(), overruns, inputPpm);
        }
        boolean turned = turned(alignment, cues);
        List<Long> missing = new ArrayList<>();
        List<Long> doubtful = new ArrayList<>();
        List<double[]> points = new ArrayList<>(); // planned ns, lag ns, likeness
        for (HeardCue cue : cues) {
            HeardCue.Place place = alignment.of(cue);
            if (place == null) {
                missing.add(cue.cueId());
            } else if (!place.arrival().certain() || place.arrival().amplitude() < 0 != turned) {
                doubtful.add(cue.cueId());
            } else {
                points.add(new double[] {
                    cue.onsetNs() - cues.getFirst().onsetNs(),
                    place.lagNs(),
                    place.arrival().likeness()
                });
            }
        }
        if (points.size() < Math.max(Alignment.FEWEST, cues.size() / 2)) {
            String why =
                    "Only " + points.size() + " of " + cues.size() + " beats were heard beyond doubt: too much noise or"
                            + " echo. Use a cable, or go nearer and louder.";
            return LoopbackResult.refused(input, why, cues.size(), overruns, inputPpm);
        }
        double offset = Robust.median(column(points, 1));
        double[] away = Arrays.stream(column(points, 1))
                .map(lag -> Math.abs(lag - offset))
                .sorted()
                .toArray();
        return new LoopbackResult(
                input,
                "",
                cues.size(),
                points.size(),
                missing,
                doubtful,
                offset,
                1.4826 * Robust.median(away),
                Robust.quantile(away, 0.5),
                Robust.quantile(away, 0.99),
                away[away.length - 1],
                60e9 * Robust.slope(column(points, 0), column(points, 1)),
                Robust.median(column(points, 2)),
                turned,
                overruns,
                inputPpm);
    }

    private static boolean turned(Alignment alignment, List<HeardCue> cues) {
        int balance = 0;
        for (HeardCue cue : cues) {
            HeardCue.Place place = alignment.of(cue);
            if (place != null && place.arrival().certain()) {
                balance += place.arrival().amplitude() < 0 ? -1 : 1;
            }
        }
        return balance < 0;
    }

    private static double[] column(List<double[]> points, int index) {
        return points.stream().mapToDouble(point -> point[index]).toArray();
    }
}
