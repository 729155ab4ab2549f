package dev.entrain.report;

import dev.entrain.outcome.Metric;
import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionData.Song;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.SessionSummary.Part;
import dev.entrain.outcome.SongFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The music of a session in rows of a table, the same in every kind of report; no rows where none played. */
public final class MusicWords {
    /** Heads of the table. */
    public static final List<String> COLUMNS = List.of(
            "", "from, min", "walked, min", "steps", "locked", "asynchrony, ms", "against cue", "stretched", "stopped");

    /** What a reader of the table must know. */
    public static final String NOTE =
            "Figures of the steps while each song played, rests left out; in brackets what they rest on. Locked: share of windows in"
                    + " which the steps kept to the beat. Asynchrony: mean and SD. Against cue: cadence against the beats, %. Stretched: heard"
                    + " tempo against the song's own. Songs were chosen by tempo and liking, not by lot: a difference between two of them"
                    + " is no proof that one suits the patient better.";

    /** Most songs told, those walked to longest. */
    static final int MOST = 12;

    private static final int HASH_SHOWN = 8;
    private static final int LONGEST_NAME = 28;

    private MusicWords() {}

    /** Returns a row a song, in order of their beginning, each with one cell a column. */
    public static List<List<String>> rows(SessionReport report) {
        SessionSummary summary = report.summary();
        List<Part> told = summary.songs().stream()
                .sorted(Comparator.comparingDouble(Part::durationS).reversed())
                .limit(MOST)
                .sorted(Comparator.comparingInt(Part::index))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        for (Part part : told) {
            Song song = report.data().songs().get(part.index());
            rows.add(List.of(
                    name(song.facts()) + (song.facts().liked() ? " (liked)" : ""),
                    ReportWords.minutes(song.fromS()),
                    ReportWords.minutes(part.durationS()),
                    Integer.toString(report.data().stepsIn(song)),
                    figure(part.metric(MetricName.LOCKED_FRACTION)),
                    asynchrony(part),
                    percent(part.metric(MetricName.TEMPO_ACCURACY).value()),
                    percent(song.facts().stretchMedianPct()),
                    ended(song.facts().ended())));
        }
        return rows;
    }

    /** Returns how many songs played beyond those told, a sentence; empty for none. */
    public static String more(SessionReport report) {
        int more = report.summary().songs().size() - MOST;
        return more <= 0 ? "" : " " + more + " more played for a shorter time.";
    }

    /** Returns the title, cut where it is long; where it is not told, the beginning of the hash. */
    static String name(SongFacts song) {
        String title = song.title();
        if (title == null) {
            return "Song " + song.hash().substring(0, HASH_SHOWN);
        }
        return title.codePointCount(0, title.length()) <= LONGEST_NAME
                ? title
                : title.substring(0, title.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }

    private static String figure(Metric metric) {
        return metric.sufficient() ? metric.text() + " (" + metric.n() + ")" : "insufficient (" + metric.n() + ")";
    }

    private static String asynchrony(Part part) {
        Metric mean = part.metric(MetricName.ASYNCHRONY);
        Metric sd = part.metric(MetricName.ASYNCHRONY_SD);
        return mean.sufficient()
                ? mean.text().replace('-', '−') + " SD " + sd.text() + " (" + mean.n() + ")"
                : "insufficient (" + mean.n() + ")";
    }

    private static String percent(double value) {
        return Double.isNaN(value)
                ? "–"
                : String.format(Locale.ROOT, "%+.1f\u00a0%%", value).replace('-', '−');
    }

    private static String ended(SongFacts.Ended ended) {
        return switch (ended) {
            case END -> "over";
            case SKIPPED -> "skipped";
            case TEMPO -> "tempo";
            case STOPPED -> "with the beats";
            case FAULT -> "fault";
        };
    }
}
