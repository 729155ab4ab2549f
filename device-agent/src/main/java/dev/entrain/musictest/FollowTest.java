package dev.entrain.musictest;

import dev.entrain.audio.music.Stretchers;
import dev.entrain.closedloop.ClosedLoop;
import dev.entrain.closedloop.LoopOptions;
import dev.entrain.cue.CueConfig;
import dev.entrain.cue.CueConfig.PolicyName;
import dev.entrain.music.Song;
import dev.entrain.sim.patient.PatientPresets;
import dev.entrain.sim.patient.PatientProfile;
import dev.entrain.time.NanoClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The whole measurement: simulated patients of cadence 70 to 130, who tire and so drift, are given cues by each policy that
 * music is made for; a piece whose tempo lies a little off, at half or at double, follows. Smooth pieces tell of breaks and
 * level. The same arguments give the same figures but for the time it took.
 */
public final class FollowTest {
    private static final List<Double> CADENCES = List.of(70.0, 80.0, 90.0, 100.0, 110.0, 120.0, 130.0);

    /** Cues over song beats, and how far off the song's tempo is. */
    private static final List<Double> RATIOS = List.of(0.96, 1.02, 1.1, 0.5 * 1.05, 2 * 0.98);

    private static final List<Double> SMOOTH_SPM = List.of(88.5, 94.0, 98.0, 100.0, 102.5, 107.0, 111.5);

    private static final double SMOOTH_BPM = 100;
    private static final double SMOOTH_S = 60;
    private static final double SETTLED_S = 5;
    private static final double SONG_DRIFT = 0.02;
    private static final double LEAD_MS = 40;

    /** How a plan is made. */
    public enum Plan {
        /** A fixed tempo. */
        METRONOME,
        /** Tempo followed, phase not. */
        TEMPO,
        /** Tempo and phase followed. */
        ADAPTIVE,
        /** The same, some ms earlier. */
        LEAD,
        /** An oscillator. */
        OSCILLATOR
    }

    /**
     * One walk with strokes.
     *
     * @param plan how its cues were made
     * @param cadenceSpm the walker's own, steps per minute
     * @param ratio cadence over the song's tempo
     * @param songBpm the song's tempo at its beginning, beats per minute
     * @param result how the song followed
     */
    public record Row(Plan plan, double cadenceSpm, double ratio, double songBpm, FollowResult result) {}

    /**
     * One smooth piece.
     *
     * @param stretchPct how much faster than its own tempo, %
     * @param breaks windows of 5 ms with a click or a gap
     * @param level how even it is
     */
    public record SmoothRow(double stretchPct, int breaks, LevelSpan level) {}

    private final Stretchers stretchers;
    private final double seconds;
    private final long seed;

    /**
     * Prepares.
     *
     * @param seconds length of each walk, s, 30 to 3600
     * @param seed of the patients
     */
    public FollowTest(Stretchers stretchers, double seconds, long seed) {
        this.stretchers = stretchers;
        this.seconds = seconds;
        this.seed = seed;
    }

    /** Walks them all; each row is told as it is there. */
    public List<Row> walks(Consumer<Row> each) {
        List<Row> rows = new ArrayList<>();
        for (Plan plan : Plan.values()) {
            for (double cadence : CADENCES) {
                // Each walk has a song of another ratio, so that all of them meet all policies.
                double ratio = RATIOS.get(rows.size() % RATIOS.size());
                Row row = walk(plan, cadence, ratio);
                rows.add(row);
                each.accept(row);
            }
        }
        return rows;
    }

    /** Returns how far the beats of all walks with a song of the same ratio were off, by ratio. */
    public static SortedMap<Double, LagSpread> byRatio(List<Row> rows) {
        SortedMap<Double, LagSpread> spreads = new TreeMap<>();
        for (double ratio : RATIOS) {
            List<Double> lags = rows.stream()
                    .filter(row -> row.ratio() == ratio)
                    .flatMap(row -> row.result().lagsMs().stream())
                    .toList();
            spreads.put(ratio, LagSpread.of(lags));
        }
        return spreads;
    }

    /** Plays the smooth pieces. */
    public List<SmoothRow> smooth() {
        List<SmoothRow> rows = new ArrayList<>();
        KnownPiece piece = KnownPiece.smooth(2 * SMOOTH_S, SMOOTH_BPM);
        Song song = piece.song("smooth", FollowRun.LUFS);
        for (double spm : SMOOTH_SPM) {
            try (FollowRig rig =
                    new FollowRig(FollowRun.MUSIC_ALONE, file -> piece.open(), stretchers, tempo -> song)) {
                rig.run(TempoCourse.of(time -> spm, SMOOTH_S + 1), SMOOTH_S, NanoClock.SYSTEM);
                float[] sound = rig.sound();
                float[] music = Arrays.copyOfRange(sound, (int) (SETTLED_S * FollowRig.RATE_HZ), sound.length);
                rows.add(new SmoothRow(
                        spm / SMOOTH_BPM * 100 - 100,
                        BreakFinder.find(music, FollowRig.RATE_HZ).length,
                        LevelSpan.of(music, FollowRig.RATE_HZ)));
            }
        }
        return rows;
    }

    private Row walk(Plan plan, double cadence, double ratio) {
        PatientProfile healthy = PatientPresets.named("healthy");
        PatientProfile patient = new PatientProfile(
                "healthy",
                healthy.gait().withCadence(cadence),
                healthy.timing(),
                new PatientProfile.Stamina(1, 0.3, 20, 0.6),
                PatientProfile.Freezing.NONE);
        List<TimedCue> cues = new ArrayList<>();
        ClosedLoop.walk(
                patient, policy(plan), seconds, LoopOptions.plain(seed), command -> cues.add(TimedCue.of(command)));
        double bpm = cadence / ratio;
        KnownPiece piece = new KnownPiece(FollowRig.RATE_HZ, 1, 2 * seconds + 60, bpm, SONG_DRIFT, true);
        return new Row(plan, cadence, ratio, bpm, FollowRun.of(piece, cues, seconds, stretchers));
    }

    private static CueConfig policy(Plan plan) {
        CueConfig usual = CueConfig.DEFAULT;
        return switch (plan) {
            case METRONOME -> usual.with(PolicyName.METRONOME);
            case TEMPO -> adaptive(0, 0);
            case ADAPTIVE -> usual.with(PolicyName.ADAPTIVE);
            case LEAD -> adaptive(usual.phaseCorrection(), LEAD_MS);
            case OSCILLATOR -> usual.with(PolicyName.OSCILLATOR);
        };
    }

    private static CueConfig adaptive(double phaseCorrection, double leadMs) {
        CueConfig usual = CueConfig.DEFAULT;
        return new CueConfig(
                PolicyName.ADAPTIVE,
                Double.NaN,
                phaseCorrection,
                usual.periodCorrection(),
                usual.aheadPct(),
                usual.coupling(),
                leadMs,
                usual.fractalExponent(),
                usual.fractalCvPct(),
                usual.seed());
    }
}
