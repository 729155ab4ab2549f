package dev.entrain.clinic.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class TrendTest {
    /** A Wednesday of the last week of 2026's ISO year, which ends on Sunday, 3 January 2027. */
    private static final Instant NOW = Instant.parse("2026-12-30T12:00:00Z");

    @Test
    void shouldCountWeeksFromMondayInUtc() {
        JsonNode weeks = Trend.of(
                        List.of(
                                session("a", "2026-12-20T23:59:59Z", "stroke", 600),
                                session("b", "2026-12-21T00:00:00Z", "stroke", 900),
                                session("c", "2026-12-27T23:59:00Z", "stroke", 900)),
                        12,
                        NOW)
                .path("weeks");

        assertThat(weeks).hasSize(3);
        assertThat(weeks.path(0).path("week").asText()).isEqualTo("2026-W51");
        assertThat(weeks.path(0).path("from").asText()).isEqualTo("2026-12-14");
        assertThat(weeks.path(1).path("sessions").asInt()).isEqualTo(2);
        assertThat(weeks.path(1).path("cued_min").asDouble()).isEqualTo(30);
        assertThat(weeks.path(2).path("week").asText()).isEqualTo("2026-W53");
        assertThat(weeks.path(2).path("sessions").asInt()).isZero();
        assertThat(weeks.path(2).path("current").asBoolean()).isTrue();
    }

    @Test
    void shouldMeasureAgainstThePrescriptionOfTheNewestSession() {
        Trend.Session before = new Trend.Session(
                "a",
                "u",
                Instant.parse("2026-12-15T10:00:00Z"),
                "stroke",
                "stroke",
                true,
                "completed",
                2,
                300,
                1_200,
                metrics("{}"));
        JsonNode weeks = Trend.of(List.of(before, session("b", "2026-12-22T10:00:00Z", "stroke", 1_200)), 12, NOW)
                .path("weeks");

        // Three sessions of 20 min a week hold for the week before too.
        assertThat(weeks.path(0).path("planned_cued_min").asDouble()).isEqualTo(60);
        assertThat(weeks.path(0).path("adherence_pct").asDouble()).isEqualTo(33.3);
    }

    @Test
    void shouldLeaveOutOtherConditionsPlainWalksAndSimulatedAmongReal() {
        Trend.Session real = new Trend.Session(
                "real",
                "u",
                Instant.parse("2026-12-22T10:00:00Z"),
                "stroke",
                "stroke",
                false,
                "completed",
                3,
                1_200,
                600,
                metrics("{}"));
        Trend.Session other = new Trend.Session(
                "ms",
                "u",
                Instant.parse("2026-12-21T10:00:00Z"),
                "ms",
                "multiple_sclerosis",
                false,
                "completed",
                3,
                1_200,
                600,
                metrics("{}"));
        Trend.Session plain = new Trend.Session(
                "plain",
                "u",
                Instant.parse("2026-12-23T10:00:00Z"),
                "plain",
                null,
                false,
                "plain",
                Double.NaN,
                Double.NaN,
                600,
                metrics("{}"));
        JsonNode trend =
                Trend.of(List.of(real, other, plain, session("sim", "2026-12-21T10:00:00Z", "stroke", 600)), 12, NOW);

        assertThat(names(trend)).containsExactly("real");
        assertThat(trend.path("left_out").asInt()).isEqualTo(3);
        assertThat(trend.path("simulated").asBoolean()).isFalse();
    }

    @Test
    void shouldShowCuedMinusUncuedWithItsSignWhereItMeansSomething() {
        JsonNode metrics = metrics("""
                {"all":{"retention_pct":{"value":4.25,"n":40}},
                 "cued":{"cadence_spm":{"value":90,"n":9},"stride_duration_cv_pct":{"value":3,"n":9},"walking_speed_mps":{"n":2}},
                 "uncued":{"cadence_spm":{"value":95.5,"n":9},"stride_duration_cv_pct":{"value":2,"n":9}}}""");
        Trend.Session one = new Trend.Session(
                "a",
                "u",
                Instant.parse("2026-12-22T10:00:00Z"),
                "stroke",
                "stroke",
                true,
                "completed",
                3,
                1_200,
                600,
                metrics);
        JsonNode session = Trend.of(List.of(one), 12, NOW).path("sessions").path(0);

        assertThat(session.path("cued_minus_uncued").toString()).isEqualTo("{\"cadence_spm\":-5.5}");
        assertThat(session.path("retention_pct").asDouble()).isEqualTo(4.25);
    }

    @Test
    void shouldHaveNoWeeksWithoutSessionsAndNoneBeforeThoseAskedFor() {
        assertThat(Trend.of(List.of(), 12, NOW).path("weeks")).isEmpty();
        JsonNode two = Trend.of(
                List.of(
                        session("old", "2026-01-05T10:00:00Z", "stroke", 600),
                        session("new", "2026-12-22T10:00:00Z", "stroke", 600)),
                2,
                NOW);
        assertThat(names(two)).containsExactly("new");
        assertThat(two.path("weeks")).hasSize(2);
    }

    @Test
    void shouldSayAdherenceOverWholeWeeks() {
        List<Trend.Session> sessions = List.of(
                session("a", "2026-12-15T10:00:00Z", "stroke", 1_800),
                session("b", "2026-12-22T10:00:00Z", "stroke", 1_800),
                session("c", "2026-12-29T10:00:00Z", "stroke", 3_600));

        assertThat(Trend.adherencePct(sessions, 4, NOW)).isEqualTo(50);
        assertThat(Trend.adherencePct(List.of(), 4, NOW)).isNaN();
    }

    @Test
    void shouldTakeQuantilesAsTheTimingMessageDefinesThem() {
        JsonNode counts = metrics(
                "{\"first_ns\":1000,\"per_octave\":4,\"classes\":80,\"counts\":[[0,90],[4,9],[8,1]],\"count\":100,\"max_ns\":3900}");

        assertThat(UnitReads.quantileNs(counts, 0.5)).isEqualTo(1_000);
        assertThat(UnitReads.quantileNs(counts, 0.99)).isEqualTo(2_000);
        assertThat(UnitReads.quantileNs(counts, 1)).isEqualTo(3_900);
        assertThat(UnitReads.quantileNs(metrics("{}"), 0.99)).isEqualTo(-1);
    }

    private static Trend.Session session(String name, String start, String programme, double cuedS) {
        return new Trend.Session(
                name,
                "u",
                Instant.parse(start),
                programme,
                "stroke",
                true,
                "completed",
                3,
                1_200,
                cuedS,
                metrics("{}"));
    }

    private static JsonNode metrics(String json) {
        return Json.anything(json);
    }

    private static List<String> names(JsonNode trend) {
        return StreamSupport.stream(trend.path("sessions").spliterator(), false)
                .map(session -> session.path("session").asText())
                .toList();
    }
}
