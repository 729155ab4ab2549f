package dev.entrain.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.outcome.SessionSummary.Scope;
import dev.entrain.session.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSummariesTest {
    private static Metric figure(MadeSession session, Scope scope, MetricName name) {
        return SessionSummaries.of(session.data()).part(scope).metric(name);
    }

    private static MadeSession whole(long seed) {
        return new MadeSession(seed)
                .free(Block.Kind.BASELINE, 120)
                .baseline(109)
                .cued(Block.Kind.MATCH, 200, 0.55)
                .free(Block.Kind.REST, 30)
                .cued(Block.Kind.PROGRESS, 200, 0.53)
                .free(Block.Kind.RETENTION, 120);
    }

    @Test
    void shouldTellEveryMetricOfEveryPart() {
        SessionSummary summary = SessionSummaries.of(whole(1).data());

        assertThat(summary.parts()).hasSize(3 + 5);
        for (SessionSummary.Part part : summary.parts()) {
            assertThat(part.metrics()).extracting(Metric::name).containsExactly(MetricName.values());
        }
    }

    @Test
    void shouldLeaveRestsOut() {
        MadeSession session = whole(1);
        SessionSummary summary = SessionSummaries.of(session.data());

        assertThat(summary.part(Scope.ALL).metric(MetricName.CADENCE).n())
                .isEqualTo(summary.part(Scope.CUED).metric(MetricName.CADENCE).n()
                        + summary.part(Scope.UNCUED).metric(MetricName.CADENCE).n());
        assertThat(summary.cuedS()).isLessThan(summary.durationS());
    }

    @Test
    void shouldMeasureTheTempoAndHowExactlyItIsKept() {
        SessionSummary summary = SessionSummaries.of(whole(2).data());
        SessionSummary.Part match = summary.parts().get(4);

        assertThat(match.block()).isEqualTo(Block.Kind.MATCH);
        assertThat(match.metric(MetricName.CADENCE).value()).isEqualTo(60 / 0.55, within(0.5));
        assertThat(match.metric(MetricName.TEMPO_ACCURACY).value()).isEqualTo(0, within(0.4));
        assertThat(match.metric(MetricName.ASYNCHRONY).value()).isEqualTo(-40, within(6.0));
        assertThat(match.metric(MetricName.RESULTANT_LENGTH).value()).isGreaterThan(0.9);
        assertThat(match.metric(MetricName.LOCKED_FRACTION).value()).isEqualTo(1);
        assertThat(summary.part(Scope.UNCUED).metric(MetricName.ASYNCHRONY).text())
                .isEqualTo("insufficient");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.05, 0.05})
    void shouldCountALongLeftStepAsPositive(double limpS) {
        MadeSession session = new MadeSession(3);
        session.limpS = limpS;
        session.free(Block.Kind.BASELINE, 200);

        // A left contact later and a right one earlier by the limp: left steps are longer by twice of it.
        assertThat(figure(session, Scope.ALL, MetricName.STEP_ASYMMETRY).value())
                .isEqualTo(2 * limpS / 0.55, within(0.01));
        assertThat(figure(session, Scope.ALL, MetricName.CADENCE).value()).isEqualTo(60 / 0.55, within(0.8));
    }

    @Test
    void shouldBearMissedContacts() {
        MadeSession session = new MadeSession(4);
        session.missed = 0.02;
        session.cued(Block.Kind.MATCH, 400, 0.55);

        assertThat(figure(session, Scope.ALL, MetricName.STRIDE_DURATION).value())
                .isEqualTo(1.1, within(0.01));
        assertThat(figure(session, Scope.ALL, MetricName.STRIDE_DURATION_CV).value())
                .isLessThan(6);
    }

    @Test
    void shouldSayInsufficientInsteadOfAGuess() {
        MadeSession session = new MadeSession(5).free(Block.Kind.BASELINE, 9);

        for (Metric metric : SessionSummaries.of(session.data()).part(Scope.ALL).metrics()) {
            if (metric.n() < metric.name().fewest()) {
                assertThat(metric.text()).as(metric.name().label()).isEqualTo("insufficient");
            }
        }
        assertThat(figure(session, Scope.ALL, MetricName.CADENCE).sufficient()).isFalse();
        assertThat(figure(session, Scope.ALL, MetricName.FREEZE_COUNT).text()).isEqualTo("0");
    }

    @Test
    void shouldNotCountStepsOfStandingAbout() {
        MadeSession session = new MadeSession(6);
        session.begin(Block.Kind.FREE);
        for (int i = 0; i < 20; i++) {
            session.walkCued(3, 0.55);
            session.stand(6, false);
        }
        session.end(Block.Kind.FREE, 200);

        assertThat(figure(session, Scope.ALL, MetricName.CADENCE).n()).isZero();
    }

    @Test
    void shouldTellFreezingAndHowSoonABeatCame() {
        MadeSession session = new MadeSession(7);
        session.begin(Block.Kind.FREE);
        session.walkCued(60, 0.55);
        session.stand(5, true);
        session.walkCued(60, 0.55);
        double endS = session.data().steps().getLast().timeS() + 1;
        session.end(Block.Kind.FREE, endS);

        assertThat(figure(session, Scope.CUED, MetricName.FREEZE_COUNT).text()).isEqualTo("1");
        assertThat(figure(session, Scope.CUED, MetricName.FREEZING_TIME).value())
                .isEqualTo(100 * 4.7 / endS, within(0.05));
        assertThat(figure(session, Scope.CUED, MetricName.FREEZE_TO_CUE).text())
                .as("no beat came while it lasted")
                .isEqualTo("insufficient");
    }

    @Test
    void shouldTellRetentionAgainstTheSessionsOwnBaseline() {
        MadeSession session = new MadeSession(8);
        session.stepS = 0.6;
        session.free(Block.Kind.BASELINE, 120).baseline(93);
        session.stepS = 0.55;
        session.free(Block.Kind.RETENTION, 120);

        assertThat(figure(session, Scope.ALL, MetricName.RETENTION).value())
                .isEqualTo(100 * (0.6 / 0.55 - 1), within(1.0));
        assertThat(figure(session, Scope.CUED, MetricName.RETENTION).sufficient())
                .isFalse();
    }

    @Test
    void shouldNotCountStepsWithinAFreeze() {
        MadeSession session = new MadeSession(9).free(Block.Kind.FREE, 200);
        int before = figure(session, Scope.ALL, MetricName.CADENCE).n();
        session.recorder.freezeOn(MadeSession.ORIGIN_NS + 20_000_000_000L, MadeSession.ORIGIN_NS + 21_000_000_000L);
        session.recorder.freezeOff(MadeSession.ORIGIN_NS + 31_000_000_000L);

        assertThat(before - figure(session, Scope.ALL, MetricName.CADENCE).n()).isBetween(19, 22);
    }

    @Test
    void shouldCountStepsBack() {
        MadeSession session = whole(9).level(2).level(4).level(2).level(4);

        assertThat(SessionSummaries.of(session.data()).stepsBack()).isEqualTo(1);
        assertThat(SessionSummaries.of(session.data()).finalLevelPct()).isEqualTo(4);
    }

    @Test
    void shouldPrintHalvesToTheEvenDigitAndNoNegativeZero() {
        assertThat(new Metric(MetricName.LOCKED_FRACTION, 0.0625, 16).text()).isEqualTo("0.062");
        assertThat(new Metric(MetricName.LOCKED_FRACTION, 0.1875, 16).text()).isEqualTo("0.188");
        assertThat(new Metric(MetricName.ASYNCHRONY, -0.04, 30).text()).isEqualTo("0.0");
    }
}
