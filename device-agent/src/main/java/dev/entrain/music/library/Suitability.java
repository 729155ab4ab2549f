package dev.entrain.music.library;

import dev.entrain.music.BeatGrid;
import dev.entrain.music.Song;
import dev.entrain.music.choice.TempoFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a song suits walking, in plain words. The thresholds are stated where they stand; they judge the song, not the
 * patient's taste.
 *
 * @param verdict in one word
 * @param reasons why not, or not quite: each a sentence without its full stop; empty for {@link Verdict#YES}
 * @param walks the tempos of walking it can be brought to, slowest first; empty if it is not played
 */
public record Suitability(Verdict verdict, List<String> reasons, List<Walks> walks) {
    /** Walking tempos that are looked at, steps/min: slower and faster cues are seldom prescribed. */
    public static final int SLOWEST_SPM = 60;

    /** See {@link #SLOWEST_SPM}. */
    public static final int FASTEST_SPM = 140;

    /** Fewer steps than this are over before a walker has found the beat (10 strides) and been faded in and out. */
    static final double LEAST_S = 30;

    /** Below the gate of EBU R128 (-70 LUFS) nothing is measured; a little above it is noise. */
    static final double SILENT_LUFS = -60;

    /** 17 dB under the usual -23 LUFS: brought up to level its noise is heard. */
    static final double QUIET_LUFS = -40;

    /** A walker needs some bars in a row; 20 beats are 10 strides. */
    static final int LEAST_BEATS = 20;

    /** Under this the tracker finds as much in noise. */
    static final double LEAST_CLARITY = 0.2;

    /** Spread of intervals over which walking on them is hard: three times what is just noticed (2.5 %). */
    static final double UNSTEADY = 0.08;

    /** Over this a change of tempo is heard by many: 1.6 times what is just noticed. */
    static final double UNEVEN = 0.04;

    /** So long without a beat a walker is left alone with the click. */
    static final double LONG_INTRO_S = 15;

    /** How well it suits. */
    public enum Verdict {
        /** It does. */
        YES,
        /** It can be walked to, with something to say about it. */
        PARTLY,
        /** It is not played. */
        NO
    }

    /**
     * Tempos of walking without a gap between them.
     *
     * @param fromSpm slowest, steps/min
     * @param toSpm fastest, steps/min
     * @param stepsPerBeat 2 (half tempo), 1, or 0.5
     */
    public record Walks(int fromSpm, int toSpm, double stepsPerBeat) {}

    /** Keeps copies. */
    public Suitability {
        reasons = List.copyOf(reasons);
        walks = List.copyOf(walks);
    }

    /** Judges a song. */
    public static Suitability of(Song song) {
        return of(song.durationS(), song.lufs(), song.beats());
    }

    /** Judges what was heard of a song. */
    static Suitability of(double durationS, double lufs, BeatGrid beats) {
        List<String> against = new ArrayList<>();
        List<String> but = new ArrayList<>();
        if (durationS < LEAST_S) {
            against.add(String.format(Locale.ROOT, "too short: %.0f s, a song needs %.0f s", durationS, LEAST_S));
        }
        if (!(lufs > SILENT_LUFS)) {
            against.add("silent");
            return new Suitability(Verdict.NO, against, List.of());
        }
        if (lufs < QUIET_LUFS) {
            but.add(String.format(
                    Locale.ROOT, "very quiet (%.0f LUFS): brought up to level, its noise will be heard", lufs));
        }
        List<Walks> walks = walks(beats.bpm());
        if (beats.count() < LEAST_BEATS || beats.clarity() < LEAST_CLARITY) {
            against.add(String.format(
                    Locale.ROOT, "no steady beat: hardly any beat stands out (clarity %.2f of 1)", beats.clarity()));
        } else if (beats.steadiness() > UNSTEADY) {
            against.add(String.format(
                    Locale.ROOT,
                    "no steady beat: its beats vary by %.0f %%, more than feet can follow",
                    100 * beats.steadiness()));
        } else {
            if (walks.isEmpty()) {
                against.add(String.format(
                        Locale.ROOT,
                        "tempo out of reach: %.0f beats a minute fit no walk of %d to %d steps a minute, also at half or"
                                + " double tempo",
                        beats.bpm(),
                        SLOWEST_SPM,
                        FASTEST_SPM));
            }
            reservations(durationS, beats, but);
        }
        if (!against.isEmpty()) {
            return new Suitability(Verdict.NO, against, List.of());
        }
        return new Suitability(but.isEmpty() ? Verdict.YES : Verdict.PARTLY, but, walks);
    }

    private static void reservations(double durationS, BeatGrid beats, List<String> to) {
        if (beats.steadiness() > UNEVEN) {
            to.add(String.format(Locale.ROOT, "its tempo wanders: beats vary by %.0f %%", 100 * beats.steadiness()));
        }
        if (beats.beatsPerBar() == 3) {
            to.add("3/4 (waltz): the accent changes foot with every bar");
        }
        double introS = beats.beatS(0);
        if (introS > LONG_INTRO_S) {
            to.add(String.format(Locale.ROOT, "long beginning without a beat: %.0f s", introS));
        }
        double endS = durationS - beats.beatS(beats.count() - 1);
        if (endS > LONG_INTRO_S) {
            to.add(String.format(Locale.ROOT, "long end without a beat: %.0f s", endS));
        }
    }

    private static List<Walks> walks(double bpm) {
        List<Walks> walks = new ArrayList<>();
        for (int spm = SLOWEST_SPM; spm <= FASTEST_SPM; spm++) {
            if (TempoFit.fits(bpm, spm)) {
                double steps = TempoFit.of(bpm, spm).cuesPerBeat();
                Walks last = walks.isEmpty() ? new Walks(0, 0, 0) : walks.getLast();
                if (last.toSpm() == spm - 1 && last.stepsPerBeat() == steps) {
                    walks.set(walks.size() - 1, new Walks(last.fromSpm(), spm, steps));
                } else {
                    walks.add(new Walks(spm, spm, steps));
                }
            }
        }
        return walks;
    }
}
