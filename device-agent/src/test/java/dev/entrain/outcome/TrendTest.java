package dev.entrain.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.cue.CueConfig;
import dev.entrain.session.Block;
import dev.entrain.session.Condition;
import dev.entrain.session.Programme;
import dev.entrain.session.SessionEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static SessionSummary session(String day, boolean simulated, double beforeS, double stepS) {
        MadeSession session = new MadeSession(1, "s-" + day, Instant.parse(day + "T10:00:00Z"), simulated);
        session.stepS = beforeS;
        session.free(Block.Kind.BASELINE, 120);
        session.cued(Block.Kind.MATCH, 240, 0.5);
        session.stepS = stepS;
        session.free(Block.Kind.RETENTION, 120);
        return SessionSummaries.of(session.data());
    }

    private static final List<SessionSummary> SESSIONS = List.of(
            session("2026-03-19", false, 0.545, 0.5),
            session("2026-03-02", false, 0.6, 0.6),
            session("2026-03-08", false, 0.577, 0.55));

    @Test
    void shouldCountAdherenceWeekByWeekAlsoOfWeeksWithoutASession() {
        Trend trend = Trend.of(SESSIONS, 8);

        assertThat(trend.weeks()).extracting(Trend.Week::sessions).containsExactly(2, 0, 1);
        Trend.Week first = trend.weeks().getFirst();
        assertThat(first.monday()).hasToString("2026-03-02");
        assertThat(first.cuedMin()).isEqualTo(4, within(0.1));
        assertThat(first.adherencePct()).isEqualTo(100 * first.cuedMin() / 8, within(1e-9));
        assertThat(trend.weeks().get(1).adherencePct()).isZero();
    }

    @Test
    void shouldCountNoWalkWithoutAProgrammeForAdherence() {
        SessionSummary given = SESSIONS.getFirst();
        SessionSummary plain = new SessionSummary(
                "p1",
                SessionData.PLAIN,
                "",
                given.startedUtc(),
                false,
                given.durationS(),
                given.cuedS(),
                Double.NaN,
                Double.NaN,
                0,
                0,
                SessionEvent.End.PLAIN,
                given.parts());
        assertThat(Trend.of(List.of(given, plain), 8).weeks())
                .isEqualTo(Trend.of(List.of(given), 8).weeks());
    }

    @Test
    void shouldShowTheSignOfCuedMinusUncued() {
        List<Trend.Difference> differences = Trend.of(SESSIONS, 8).differences();

        assertThat(differences)
                .filteredOn(difference -> difference.cued().name() == MetricName.CADENCE
                        && difference.session().equals("s-2026-03-02"))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.difference()).isEqualTo(20, within(1.0));
                    assertThat(difference.text()).startsWith("+");
                });
        MadeSession brief = new MadeSession(1, "s-brief", Instant.parse("2026-03-02T10:00:00Z"), false)
                .free(Block.Kind.BASELINE, 6)
                .cued(Block.Kind.MATCH, 240, 0.5);
        assertThat(Trend.of(List.of(SessionSummaries.of(brief.data())), 8).differences())
                .filteredOn(difference -> difference.cued().name() == MetricName.CADENCE)
                .extracting(Trend.Difference::text)
                .containsExactly("insufficient");
    }

    @Test
    void shouldNotCompareWhatSeveralTempiPutTogether() {
        assertThat(MetricName.STRIDE_DURATION_CV.comparable()).isFalse();
        assertThat(MetricName.DFA_ALPHA.comparable()).isFalse();
        assertThat(Trend.of(SESSIONS, 8).differences())
                .extracting(difference -> difference.cued().name())
                .doesNotContain(MetricName.STRIDE_DURATION_CV, MetricName.DFA_ALPHA);
    }

    @Test
    void shouldPrescribeNoMoreOfAMatchThanItMustLast() {
        Programme programme = new Programme(
                "p",
                "P",
                Condition.STROKE,
                1800,
                3,
                new Programme.Tempo(0, 2, 10, 0, 0),
                new Programme.Freezing(false, -10, 8),
                List.of(
                        new Block.Baseline(60, 30),
                        new Block.Match(240, 120, 0.7, CueConfig.DEFAULT),
                        new Block.Free(300, CueConfig.DEFAULT)));

        assertThat(Trend.prescribedMin(programme)).isEqualTo(3 * (2 + 5), within(1e-9));
    }

    @Test
    void shouldTellWhatIsLeftAgainstThisAndEarlierBaselines() {
        List<Trend.Carry> carries = Trend.of(SESSIONS, 8).carries();

        double earlierSpm = (carries.get(0).baselineSpm() + carries.get(1).baselineSpm()) / 2;
        assertThat(earlierSpm).isEqualTo(102, within(1.0));
        assertThat(carries.getFirst().earlierPct()).isNaN();
        assertThat(carries.get(2).baselinePct())
                .isEqualTo(100 * (carries.get(2).baselineSpm() - earlierSpm) / earlierSpm, within(1e-9));
        assertThat(carries.get(2).earlierPct()).isEqualTo(100 * (120 - 102) / 102.0, within(1.5));
        assertThat(carries.get(2).sessionPct())
                .isEqualTo(Trend.of(SESSIONS, 8)
                        .sessions()
                        .get(2)
                        .part(SessionSummary.Scope.ALL)
                        .metric(MetricName.RETENTION)
                        .value());
        assertThat(carries.get(2).sessionPct()).isEqualTo(100 * (120 - 110) / 110.0, within(1.5));
    }

    @Test
    void shouldNeverMixSimulatedAndRealWalks() {
        List<SessionSummary> mixed = new ArrayList<>(SESSIONS);
        mixed.add(session("2026-03-10", true, 0.66, 0.5));

        assertThat(Trend.of(mixed, 8).sessions()).hasSize(3);
        assertThat(Trend.of(mixed, 8).series(MetricName.CADENCE, SessionSummary.Scope.CUED))
                .extracting(Trend.Point::session)
                .containsExactly("s-2026-03-02", "s-2026-03-08", "s-2026-03-19");
    }

    @Test
    void shouldBearNoSessions() {
        assertThat(Trend.of(List.of(), 8).weeks()).isEmpty();
    }
}
