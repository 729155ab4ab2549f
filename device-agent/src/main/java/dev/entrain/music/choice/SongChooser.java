package dev.entrain.music.choice;

import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import dev.entrain.music.choice.RankedSong.Standing;
import dev.entrain.music.library.Suitability;
import dev.entrain.noise.SeededNoise;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which song comes next. Out are songs the patient does not want, that do not suit walking, that can't be stretched to the
 * tempo; a song played within the hour comes only where nothing else fits, and then the one longest ago. Among the others
 * points decide:
 *
 * <ul>
 *   <li>liked: +1
 *   <li>stretch: 0 at the song's own tempo to -1 at {@link TempoFit#MOST_STRETCH}
 *   <li>variety: 0 an hour after it was played to +1 after {@value #FORGOTTEN_H} h, or if it never was
 *   <li>suits walking only partly: -0.5
 *   <li>up to {@value #CHANCE} by chance, so that equal songs take turns; the same seed gives the same choice
 * </ul>
 *
 * Immutable and pure, so thread-safe. 1,000 songs take some ms.
 */
public final class SongChooser {
    /** A song played since so long is not played again, s. */
    public static final long AGAIN_AFTER_S = 3600;

    private static final int FORGOTTEN_H = 48;
    private static final double LIKED = 1;
    private static final double PARTLY = -0.5;
    private static final double CHANCE = 0.2;

    private static final double HOUR_S = 3600;
    private static final double DAY_S = 86_400;
    private static final double NOT_HEARD_PCT = 0.5;
    private static final int HEX = 16;

    private final long seed;

    /**
     * Makes a chooser.
     *
     * @param seed of what is left to chance
     */
    public SongChooser(long seed) {
        this.seed = seed;
    }

    /**
     * Returns the song to play.
     *
     * @param songs all there are
     * @param targetSpm steps per minute, above 0
     * @param lastPlayedS when each was played, wall time, s since 1970, by its hash; what is missing never was
     * @param nowS wall time, s since 1970
     * @return empty if none can be played at this tempo
     */
    public Optional<RankedSong> next(List<Song> songs, double targetSpm, Map<String, Long> lastPlayedS, long nowS) {
        return rank(songs, targetSpm, lastPlayedS, nowS).stream().findFirst().filter(RankedSong::playable);
    }

    /** Returns every song in the order in which they would be taken, those that can't be played last; see {@link #next}. */
    public List<RankedSong> rank(List<Song> songs, double targetSpm, Map<String, Long> lastPlayedS, long nowS) {
        return songs.stream()
                .map(song -> judge(song, targetSpm, lastPlayedS.get(song.hash()), nowS))
                .sorted(Comparator.comparing(RankedSong::standing)
                        .thenComparing(RankedSong::score, Comparator.reverseOrder())
                        .thenComparing(ranked -> ranked.song().hash()))
                .toList();
    }

    private RankedSong judge(Song song, double targetSpm, @Nullable Long playedS, long nowS) {
        Suitability suits = Suitability.of(song);
        double bpm = song.beats().bpm();
        if (song.preference() == Preference.NEVER) {
            return new RankedSong(song, Standing.UNWANTED, 0, "not wanted");
        }
        if (suits.verdict() == Suitability.Verdict.NO) {
            return new RankedSong(song, Standing.UNSUITED, 0, String.join("; ", suits.reasons()));
        }
        if (!TempoFit.fits(bpm, targetSpm)) {
            return new RankedSong(song, Standing.UNFIT, 0, tooFar(bpm, targetSpm));
        }
        TempoFit fit = TempoFit.of(bpm, targetSpm);
        // A clock that was set back makes songs of the future: they count as just played.
        double agoS = playedS == null ? Double.POSITIVE_INFINITY : Math.max(0, nowS - playedS);
        boolean recent = agoS < AGAIN_AFTER_S;
        double score = recent
                ? agoS
                : (song.preference() == Preference.LIKED ? LIKED : 0)
                        - Math.abs(fit.stretch() - 1) / TempoFit.MOST_STRETCH
                        + Math.min(1, (agoS - AGAIN_AFTER_S) / (FORGOTTEN_H * HOUR_S))
                        + (suits.verdict() == Suitability.Verdict.PARTLY ? PARTLY : 0)
                        + chance(song.hash());
        return new RankedSong(song, recent ? Standing.RECENT : Standing.READY, score, why(song, fit, agoS, suits));
    }

    private double chance(String hash) {
        long name = 0;
        for (int i = 0; i < hash.length(); i++) {
            name = HEX * name + hash.charAt(i);
        }
        return CHANCE * new SeededNoise(seed ^ name, 0).uniform();
    }

    private static String tooFar(double bpm, double targetSpm) {
        return bpm > 0
                ? String.format(
                        Locale.ROOT,
                        "%.0f beats a minute are too far from %.0f steps, also at half or double tempo",
                        bpm,
                        targetSpm)
                : "no beat was found";
    }

    private static String why(Song song, TempoFit fit, double agoS, Suitability suits) {
        StringBuilder text = new StringBuilder(song.preference() == Preference.LIKED ? "liked; " : "");
        double pct = fit.stretchPct();
        if (Math.abs(pct) < NOT_HEARD_PCT) {
            text.append("at its own tempo");
        } else {
            text.append(String.format(
                    Locale.ROOT, "%.0f %% %s than its own tempo", Math.abs(pct), pct > 0 ? "faster" : "slower"));
        }
        if (fit.cuesPerBeat() > 1) {
            text.append(", two steps on a beat");
        } else if (fit.cuesPerBeat() < 1) {
            text.append(", a step on every other beat");
        }
        text.append("; ").append(ago(agoS));
        suits.reasons().forEach(reason -> text.append("; ").append(reason));
        return text.toString();
    }

    private static String ago(double agoS) {
        if (Double.isInfinite(agoS)) {
            return "never played";
        }
        if (agoS < HOUR_S) {
            return String.format(Locale.ROOT, "played %.0f min ago", agoS / 60);
        }
        return agoS < 2 * DAY_S
                ? String.format(Locale.ROOT, "played %.0f h ago", agoS / HOUR_S)
                : String.format(Locale.ROOT, "played %.0f days ago", agoS / DAY_S);
    }
}
