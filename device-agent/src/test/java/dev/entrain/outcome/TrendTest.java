package dev.entrain.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.session.Block;
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
    void shouldShowTheSignOfCuedMinusUncued() {
        for (Trend.Difference difference : Trend.of(SESSIONS, 8).differences()) {
            if (difference.cued().name() == MetricName.CADENCE
                    && difference.session().equals("s-2026-03-02")) {
                assertThat(difference.difference()).isEqualTo(20, within(1.0));
                assertThat(difference.text()).startsWith("+");
            }
        }
        assertThat(Trend.of(SESSIONS, 8).differences())
                .filteredOn(difference -> difference.cued().name() == MetricName.DFA_ALPHA)
                .extracting(Trend.Difference::text)
                .containsOnly("insufficient");
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
