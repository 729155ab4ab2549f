package dev.entrain.clinic.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What music one patient walked to, and to which of it best, as the clinic's handbook defines it ("Music"). A song's figure in a
 * session is compared with the other songs of that very session, so that a good day favours none; songs of few sessions are
 * shown and not ranked. All of it is observed, nothing was drawn by lot: the answer says which songs are worth a try.
 */
final class Music {
    /** Sessions in which a song was compared with others, at least, before it is ranked. */
    static final int FEWEST_SESSIONS = 3;

    /** Minutes walked to it, at least, before it is ranked. */
    static final double FEWEST_MIN = 10;

    /** What is compared: the share of windows of steps that were locked to the beat. */
    static final String COMPARED = "locked_fraction";

    private static final List<String> SHOWN =
            List.of("asynchrony_ms", "asynchrony_sd_ms", "tempo_accuracy_pct", "cadence_spm", "walking_speed_mps");
    private static final double LEVEL = 0.95;
    private static final double PERCENT = 100;
    private static final double S_PER_MIN = 60;

    private Music() {}

    /** One playing and the session it was in. */
    record Play(Trend.Session session, SongPlay song) {}

    /** A mean with what it rests on. */
    private record Mean(double value, int sessions, int n) {}

    /** One song's playings, newest session first, and its differences from the other songs of each session, shares. */
    private record Song(String hash, List<Play> plays, List<Double> differences) {
        double minutes() {
            return plays.stream().mapToDouble(play -> play.song().walkedS()).sum() / S_PER_MIN;
        }

        long sessions() {
            return plays.stream().map(Play::session).distinct().count();
        }

        boolean enough() {
            return differences.size() >= FEWEST_SESSIONS && minutes() >= FEWEST_MIN;
        }

        double difference() {
            return differences.stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(Double.NaN);
        }

        /** As the newest session that had it says: a title that is not told any more is not shown any more. */
        @Nullable
        String title() {
            Trend.Session newest = plays.getFirst().session();
            for (Play play : plays) {
                if (play.session().equals(newest) && play.song().title() != null) {
                    return play.song().title();
                }
            }
            return null;
        }
    }

    /**
     * Compares.
     *
     * @param counted the sessions that may be compared
     * @param plays all of theirs, newest session first
     */
    static ObjectNode of(Trend.Counted counted, List<Play> plays) {
        Map<String, Song> songs = new LinkedHashMap<>();
        Map<Trend.Session, Map<String, Mean>> lockOf = new LinkedHashMap<>();
        for (Play play : plays) {
            songs.computeIfAbsent(play.song().hash(), hash -> new Song(hash, new ArrayList<>(), new ArrayList<>()))
                    .plays()
                    .add(play);
        }
        for (Song song : songs.values()) {
            bySession(song.plays()).forEach((session, there) -> {
                Mean locked = within(there, COMPARED);
                if (locked.sessions() > 0) {
                    lockOf.computeIfAbsent(session, one -> new LinkedHashMap<>())
                            .put(song.hash(), locked);
                }
            });
        }
        double windows = compare(songs, lockOf.values().stream().toList());
        List<Song> ranked = songs.values().stream()
                .filter(Song::enough)
                .sorted(Comparator.comparingDouble(Song::difference).reversed())
                .toList();
        if (ranked.size() < 2) {
            ranked = List.of();
        }
        ObjectNode answer = Json.object();
        if (counted.shown() != null) {
            answer.put("simulated", counted.shown().simulated());
            Json.put(answer, "condition", counted.shown().condition());
        }
        answer.put("sessions", counted.sessions().size());
        answer.put(
                "sessions_with_music",
                plays.stream().map(Play::session).distinct().count());
        Json.put(answer, "minutes", minutes(plays), 10);
        answer.put("fewest_sessions", FEWEST_SESSIONS).put("fewest_min", FEWEST_MIN);
        answer.put("ranked", ranked.size());
        ArrayNode list = answer.putArray("songs");
        Spread spread = Spread.of(ranked, windows);
        List<Song> order = new ArrayList<>(ranked);
        Set<String> done = ranked.stream().map(Song::hash).collect(Collectors.toSet());
        songs.values().stream()
                .filter(song -> !done.contains(song.hash()))
                .sorted(Comparator.comparingDouble(Song::minutes).reversed())
                .forEach(order::add);
        int rank = 0;
        for (Song song : order) {
            list.add(json(song, ++rank <= ranked.size() ? rank : 0, spread));
        }
        answer.set("plays", plays(plays, songs));
        return answer;
    }

    /** Gives each song its differences; returns how many windows a figure rests on, the mean of all. */
    private static double compare(Map<String, Song> songs, List<Map<String, Mean>> sessions) {
        double windows = 0;
        int figures = 0;
        for (Map<String, Mean> there : sessions) {
            for (Map.Entry<String, Mean> one : there.entrySet()) {
                double others = 0;
                double weight = 0;
                for (Map.Entry<String, Mean> other : there.entrySet()) {
                    if (!other.getKey().equals(one.getKey())) {
                        others += other.getValue().value() * other.getValue().n();
                        weight += other.getValue().n();
                    }
                }
                Song song = songs.get(one.getKey());
                if (weight > 0 && song != null) {
                    song.differences().add(one.getValue().value() - others / weight);
                    windows += one.getValue().n();
                    figures++;
                }
            }
        }
        return figures == 0 ? Double.NaN : windows / figures;
    }

    /**
     * By how much a song's difference varies from session to session, pooled over the songs that are ranked.
     *
     * @param sd shares; never under half a window, the finest that a share of windows tells
     * @param freedom sessions less songs
     * @param songs how many are compared: intervals are wide enough for all of them together
     */
    private record Spread(double sd, int freedom, int songs) {
        static Spread of(List<Song> ranked, double windows) {
            double squares = 0;
            int freedom = 0;
            for (Song song : ranked) {
                double mean = song.difference();
                for (double difference : song.differences()) {
                    squares += (difference - mean) * (difference - mean);
                }
                freedom += song.differences().size() - 1;
            }
            return new Spread(
                    freedom == 0 ? Double.NaN : Math.max(Math.sqrt(squares / freedom), 0.5 / windows),
                    freedom,
                    ranked.size());
        }

        double half(int sessions) {
            double p = 1 - (1 - LEVEL) / (2 * songs);
            return StudentT.quantile(p, freedom) * sd / Math.sqrt(sessions);
        }
    }

    private static ObjectNode json(Song song, int rank, Spread spread) {
        ObjectNode json = Json.object().put("hash", song.hash());
        Json.put(json, "title", song.title());
        if (rank > 0) {
            json.put("rank", rank);
            double half = spread.half(song.differences().size());
            double low = song.difference() - half;
            double high = song.difference() + half;
            ObjectNode difference = json.putObject("difference");
            Json.put(difference, "value", PERCENT * song.difference(), 10);
            Json.put(difference, "low", PERCENT * low, 10);
            Json.put(difference, "high", PERCENT * high, 10);
            difference.put("verdict", low > 0 ? "better" : high < 0 ? "worse" : "not_told_apart");
        }
        json.put("compared_sessions", song.differences().size());
        json.put("sessions", song.sessions()).put("plays", song.plays().size());
        Json.put(json, "minutes", song.minutes(), 10);
        json.put(
                "steps",
                song.plays().stream().mapToInt(play -> play.song().steps()).sum());
        json.put(
                "liked",
                song.plays().stream().filter(play -> play.song().liked()).count());
        json.put(
                "skipped",
                song.plays().stream()
                        .filter(play -> "skipped".equals(play.song().ended()))
                        .count());
        Json.put(json, "last", song.plays().getFirst().session().startedUtc());
        Mean locked = over(song.plays(), COMPARED);
        Json.put(json, "locked_pct", PERCENT * locked.value(), 10);
        json.put("locked_windows", locked.n());
        for (String metric : SHOWN) {
            Json.put(json, metric, over(song.plays(), metric).value(), 100);
        }
        Json.put(json, "stretch_pct", meanOf(song.plays(), play -> figure(play, "stretch_median_pct")), 100);
        double beats = sum(song.plays(), "beats");
        Json.put(
                json, "clicked_pct", beats > 0 ? PERCENT * sum(song.plays(), "clicked_beats") / beats : Double.NaN, 10);
        return json;
    }

    private static ArrayNode plays(List<Play> plays, Map<String, Song> songs) {
        ArrayNode list = Json.object().arrayNode();
        for (Play play : plays) {
            ObjectNode one = Json.object().put("session", play.session().session());
            Json.put(one, "started", play.session().startedUtc());
            one.setAll(play.song().json(false));
            Song song = songs.get(play.song().hash());
            Json.put(one, "title", song == null ? null : song.title());
            list.add(one);
        }
        return list;
    }

    private static Map<Trend.Session, List<Play>> bySession(List<Play> plays) {
        Map<Trend.Session, List<Play>> sessions = new LinkedHashMap<>();
        plays.forEach(play -> sessions.computeIfAbsent(play.session(), one -> new ArrayList<>())
                .add(play));
        return sessions;
    }

    /** A figure of one session: of several playings, weighed by what each rests on. */
    private static Mean within(List<Play> plays, String metric) {
        double sum = 0;
        int n = 0;
        for (Play play : plays) {
            double value = play.song().value(metric);
            if (!Double.isNaN(value) && play.song().n(metric) > 0) {
                sum += value * play.song().n(metric);
                n += play.song().n(metric);
            }
        }
        return new Mean(sum / n, n > 0 ? 1 : 0, n);
    }

    /** The mean of the sessions' figures, each session counting alike. */
    private static Mean over(List<Play> plays, String metric) {
        double sum = 0;
        int sessions = 0;
        int n = 0;
        for (List<Play> there : bySession(plays).values()) {
            Mean one = within(there, metric);
            if (one.sessions() > 0) {
                sum += one.value();
                sessions++;
                n += one.n();
            }
        }
        return new Mean(sum / sessions, sessions, n);
    }

    private static double figure(Play play, String name) {
        return play.song().figures().path(name).asDouble(Double.NaN);
    }

    private static double meanOf(List<Play> plays, ToDoubleFunction<Play> value) {
        return plays.stream()
                .mapToDouble(value)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    private static double sum(List<Play> plays, String name) {
        return plays.stream()
                .mapToDouble(play -> play.song().figures().path(name).asDouble())
                .sum();
    }

    private static double minutes(List<Play> plays) {
        return plays.stream().mapToDouble(play -> play.song().walkedS()).sum() / S_PER_MIN;
    }
}
