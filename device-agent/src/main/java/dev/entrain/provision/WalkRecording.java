package dev.entrain.provision;

import dev.entrain.outcome.SessionData;
import dev.entrain.provision.WalkFigures.FootFigures;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what a test walk recorded. */
final class WalkRecording {
    private static final double NEAR = 0.15;

    private final Path file;

    WalkRecording(Path file) {
        this.file = file;
    }

    /**
     * Returns what each foot gave.
     *
     * @param facts of the walk; null if nobody walked
     */
    Map<Foot, FootFigures> feet(@Nullable SessionData facts) throws IOException {
        List<ImuSample> samples;
        try (RecordingReader reader = new RecordingReader(file)) {
            samples = reader.readAll();
        }
        Map<Foot, FootFigures> feet = new EnumMap<>(Foot.class);
        for (Foot foot : Foot.values()) {
            FootFigures figures = foot(foot, samples, facts);
            if (figures != null) {
                feet.put(foot, figures);
            }
        }
        return feet;
    }

    private static @Nullable FootFigures foot(Foot foot, List<ImuSample> samples, @Nullable SessionData facts) {
        long readings = 0;
        long lost = 0;
        long gapNs = 0;
        long firstNs = 0;
        ImuSample before = null;
        for (ImuSample sample : samples) {
            if (sample.foot == foot) {
                readings++;
                if (before == null) {
                    firstNs = sample.timeNs;
                } else {
                    gapNs = Math.max(gapNs, sample.timeNs - before.timeNs);
                    // A step back is a sensor that restarted; what it lost nobody numbered.
                    lost += Math.max(0, sample.seq - before.seq - 1);
                }
                before = sample;
            }
        }
        if (before == null || readings < 2) {
            return null;
        }
        double spanS = (before.timeNs - firstNs) * 1e-9;
        long steps = facts == null
                ? 0
                : facts.steps().stream().filter(step -> step.foot() == foot).count();
        return new FootFigures((readings - 1) / spanS, readings, lost, gapNs * 1e-9, (int) steps);
    }

    /** Returns the share of steps within 15 % of a beat's interval from the nearest beat; NaN if no step had a beat. */
    static double onTheBeat(SessionData facts) {
        int paired = 0;
        int near = 0;
        for (SessionData.Step step : facts.steps()) {
            double best = Double.POSITIVE_INFINITY;
            double periodS = Double.NaN;
            for (SessionData.Cue cue : facts.cues()) {
                double off = Math.abs(step.timeS() - cue.onsetS());
                if (off < best) {
                    best = off;
                    periodS = cue.periodS();
                }
            }
            if (best <= periodS / 2) {
                paired++;
                near += best <= NEAR * periodS ? 1 : 0;
            }
        }
        return paired == 0 ? Double.NaN : (double) near / paired;
    }
}
