package dev.entrain.clinic.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MusicTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String A = "aaaaaaaaaaaaaaaa";
    private static final String B = "bbbbbbbbbbbbbbbb";
    private static final String C = "cccccccccccccccc";

    private final List<Trend.Session> sessions = new ArrayList<>();
    private final List<Music.Play> plays = new ArrayList<>();

    private Trend.Session session(int day) {
        Trend.Session session = new Trend.Session(
                "s" + day,
                "u",
                NOW.minusSeconds(86_400L * (60 - day)),
                "stroke",
                "stroke",
                false,
                "completed",
                3,
                1200,
                1200,
                Json.object());
        sessions.add(session);
        return session;
    }

    private void play(Trend.Session session, String hash, @Nullable String title, double locked, int windows) {
        ObjectNode metrics = Json.object();
        metrics.putObject("locked_fraction").put("value", locked).put("n", windows);
        metrics.putObject("asynchrony_sd_ms").put("n", 3);
        ObjectNode figures = Json.object().put("steps", 300).put("beats", 300).put("clicked_beats", 30);
        plays.add(new Music.Play(session, new SongPlay(hash, title, 0, 240, 240, false, "end", figures, metrics)));
    }

    private JsonNode music() {
        List<Music.Play> newestFirst = new ArrayList<>(plays);
        Collections.reverse(newestFirst);
        return Music.of(Trend.countedWithPlain(sessions, 12, NOW), newestFirst);
    }

    @Test
    void shouldCompareASongWithTheOthersOfTheSameSessionSoThatAGoodDayFavoursNone() {
        // A plays on good days and B on bad ones, yet within each day both go alike; C is worse by 20 points on all
        // days.
        for (int day = 0; day < 8; day++) {
            Trend.Session session = session(day);
            double usual = day % 2 == 0 ? 0.9 : 0.5;
            play(session, day % 2 == 0 ? A : B, null, usual, 20);
            play(session, C, null, usual - 0.2, 20);
        }
        JsonNode songs = music().path("songs");

        assertThat(songs.path(0).at("/difference/value").asDouble()).isEqualTo(20, within(0.01));
        assertThat(songs.path(1).at("/difference/value").asDouble()).isEqualTo(20, within(0.01));
        assertThat(songs.path(2).path("hash").asText()).isEqualTo(C);
        assertThat(songs.path(2).at("/difference/verdict").asText()).isEqualTo("worse");
        assertThat(songs.path(2).path("locked_pct").asDouble()).isEqualTo(50);
        assertThat(songs.path(2).path("clicked_pct").asDouble()).isEqualTo(10);
        assertThat(songs.path(0).path("compared_sessions").asInt()).isEqualTo(4);
        assertThat(songs.path(0).has("asynchrony_sd_ms"))
                .as("what was insufficient each time stays unknown")
                .isFalse();
    }

    @Test
    void shouldRankNothingThatRestsOnTooLittle() {
        for (int day = 0; day < 5; day++) {
            Trend.Session session = session(day);
            play(session, A, null, 0.95, 20);
            if (day < 2) {
                play(session, B, null, 0.4, 20);
            }
        }
        JsonNode answer = music();

        assertThat(answer.path("ranked").asInt()).isZero();
        assertThat(answer.path("songs")).hasSize(2).allMatch(song -> !song.has("rank") && !song.has("difference"));
        assertThat(answer.path("songs").path(0).path("sessions").asInt()).isEqualTo(5);
        assertThat(answer.path("songs").path(0).path("compared_sessions").asInt())
                .as("a session with one song compares nothing")
                .isEqualTo(2);
        assertThat(Music.of(Trend.counted(List.of(), 12, NOW), List.of()).path("songs"))
                .isEmpty();
    }

    @Test
    void shouldNotPromiseMoreThanAShareOfWindowsCanTell() {
        for (int day = 0; day < 4; day++) {
            Trend.Session session = session(day);
            play(session, A, null, 1, 10);
            play(session, B, null, 0.99, 10);
        }
        JsonNode best = music().path("songs").path(0);

        // All four sessions agree to the digit, but a window of ten is the finest there is.
        assertThat(best.at("/difference/value").asDouble()).isEqualTo(1, within(0.01));
        assertThat(best.at("/difference/verdict").asText()).isEqualTo("not_told_apart");
    }

    /** Six songs that are all alike, 400 times: the intervals of one patient hold all together in 95 %. */
    @Test
    void shouldFindADifferenceWhereThereIsNoneInAboutOneInTwentyPatients() {
        SplittableRandom random = new SplittableRandom(8);
        int misled = 0;
        int patients = 400;
        for (int patient = 0; patient < patients; patient++) {
            sessions.clear();
            plays.clear();
            for (int day = 0; day < 20; day++) {
                Trend.Session session = session(day);
                double usual = 0.8 + 0.1 * random.nextGaussian();
                for (int i = 0; i < 4; i++) {
                    String hash = Integer.toString(random.nextInt(6)).repeat(16);
                    play(session, hash, null, Math.clamp(usual + 0.08 * random.nextGaussian(), 0, 1), 16);
                }
            }
            for (JsonNode song : music().path("songs")) {
                if (song.has("rank") && !song.at("/difference/verdict").asText().equals("not_told_apart")) {
                    misled++;
                    break;
                }
            }
        }
        assertThat(misled).isLessThanOrEqualTo(patients / 20 + 8);
    }

    @Test
    void shouldShowATitleOnlyWhileTheNewestSessionTellsIt() {
        play(session(1), A, "Old name", 0.9, 20);
        play(session(1), B, "Blue bicycle", 0.9, 20);
        play(session(2), A, null, 0.9, 20);
        JsonNode answer = music();

        assertThat(answer.toString()).contains("Blue bicycle").doesNotContain("Old name");
    }

    @Test
    void shouldNeverMixSimulatedWalksOrOtherConditions() {
        Trend.Session real = session(5);
        Trend.Session simulated = new Trend.Session(
                "sim", "u", NOW.minusSeconds(86_400), "plain", "", true, "plain", 0, 0, 0, Json.object());
        sessions.add(simulated);
        Trend.Session plain = new Trend.Session(
                "plain", "u", NOW.minusSeconds(86_400), "plain", null, false, "plain", 0, 0, 0, Json.object());
        Trend.Session other = new Trend.Session(
                "other",
                "u",
                NOW.minusSeconds(86_400 * 58),
                "p",
                "parkinson",
                false,
                "completed",
                3,
                1200,
                0,
                Json.object());
        sessions.addAll(List.of(plain, other));

        assertThat(Trend.counted(sessions, 12, NOW).sessions()).containsExactly(real);
        assertThat(Trend.countedWithPlain(sessions, 12, NOW).sessions())
                .as("songs are compared within each session, so plain walks tell of them too")
                .containsExactly(real, plain);
    }
}
