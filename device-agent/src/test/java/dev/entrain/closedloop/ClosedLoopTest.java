package dev.entrain.closedloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.cue.CueConfig;
import dev.entrain.session.Block;
import dev.entrain.session.Condition;
import dev.entrain.session.SessionEvent;
import dev.entrain.sim.patient.PatientPresets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class ClosedLoopTest {
    @SuppressWarnings("UnusedVariable") // Names the kinds for the parameterised test.
    private static final List<String> KINDS = PatientPresets.NAMES;

    private static Condition condition(String kind) {
        return switch (kind) {
            case "stroke" -> Condition.STROKE;
            case "parkinson" -> Condition.PARKINSON;
            case "parkinson-freezing" -> Condition.PARKINSON_FREEZING;
            case "ms" -> Condition.MULTIPLE_SCLEROSIS;
            case "brain-injury" -> Condition.BRAIN_INJURY;
            default -> Condition.HEALTHY;
        };
    }

    private static LoopResult session(String kind, LoopOptions options) {
        return ClosedLoop.session(
                Population.person(kind, options.seed()), Programmes.brief(condition(kind), 2, 10), options);
    }

    @Test
    void shouldNameEachSimulatedSessionByWalkerProgrammeAndSeed() {
        assertThat(LoopRecord.id("stroke", "healthy", 3)).isEqualTo("sim-stroke-healthy-3");
        String longest = LoopRecord.id("parkinson-freezing", "a".repeat(40), Long.MIN_VALUE);
        assertThat(longest).hasSize(64).startsWith("sim-parkinson-freezing-aaa").endsWith("-" + Long.MIN_VALUE);
    }

    private static void assertSafe(LoopResult result) {
        assertThat(result.violations())
                .as("%s, seed %d", result.checks().patient(), result.checks().seed())
                .isEmpty();
        assertThat(result.checks().afterStop()).isZero();
        assertThat(result.checks().outOfRange()).isZero();
        assertThat(result.checks().mostSlewPct()).isLessThanOrEqualTo(1.001);
        assertThat(result.checks().tooFastAfterFreeze()).isZero();
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void shouldKeepEveryRuleWithEveryKindOfPatient(String kind) {
        for (long seed = 1; seed <= 2; seed++) {
            LoopResult result = session(kind, LoopOptions.plain(seed));

            assertSafe(result);
            assertThat(SessionFigures.of(result).completed()).isTrue();
            assertThat(result.checks().heard()).isGreaterThan(300);
        }
    }

    @Test
    void shouldReachTheCeilingWithWhoFollowsAndStepBackWhoCannot() {
        SessionFigures healthy = SessionFigures.of(session("healthy", LoopOptions.plain(3)));
        SessionFigures slow = SessionFigures.of(session("slow-follower", LoopOptions.plain(3)));

        assertThat(healthy.highestPct()).isCloseTo(10, within(0.01));
        assertThat(healthy.stepsBack()).isZero();
        assertThat(healthy.endsLocked()).isEqualTo(1);
        assertThat(slow.highestPct()).isBetween(4.0, 8.0);
        assertThat(slow.stepsBack()).isPositive();
    }

    @Test
    void shouldBeSilentWhileStoppedByTheButtonInMidSession() {
        LoopResult result = session("healthy", LoopOptions.plain(4).withPress(200));

        assertSafe(result);
        assertThat(result.data().events())
                .extracting(event -> event.kind())
                .contains(SessionEvent.Kind.PAUSED, SessionEvent.Kind.RESUMED);
        assertThat(heardBetween(result, 201, 219)).isZero();
        assertThat(heardBetween(result, 230, 260)).isPositive();
    }

    @Test
    void shouldGoOnAfterARestartOfTheUnitWithoutAJump() {
        LoopResult result = session("healthy", LoopOptions.plain(5).withCut(250));

        assertSafe(result);
        assertThat(heardBetween(result, 250.1, 265)).isZero();
        assertThat(heardBetween(result, 295, 330)).isPositive();
        assertThat(SessionFigures.of(result).completed()).isTrue();
    }

    @Test
    void shouldHoldThroughAShortSensorGapAndBeSilentInALongOne() {
        assertThat(heardBetween(session("healthy", LoopOptions.plain(6).withGap(200, 3)), 200.5, 203))
                .isPositive();
        LoopResult blind = session("healthy", LoopOptions.plain(6).withGap(200, 30));

        assertSafe(blind);
        assertThat(heardBetween(blind, 210, 230)).isZero();
    }

    @Test
    void shouldGiveTheSameSessionForTheSameSeed() {
        LoopResult once = session("parkinson-freezing", LoopOptions.plain(7));
        LoopResult again = session("parkinson-freezing", LoopOptions.plain(7));

        assertThat(again.data()).isEqualTo(once.data());
        assertThat(again.heardNs()).isEqualTo(once.heardNs());
    }

    @Test
    void shouldAnswerFreezesThatTrembleWithinASecondMostly() {
        List<Double> answers = new ArrayList<>();
        for (long seed = 1; seed <= 8; seed++) {
            answers.addAll(SessionFigures.of(session("parkinson-freezing", LoopOptions.plain(seed)))
                    .answerS());
        }

        assertThat(answers.size()).isGreaterThan(15);
        assertThat(Quantile.shareUnder(answers, 1)).isGreaterThan(0.8);
    }

    @ParameterizedTest
    @EnumSource(CueConfig.PolicyName.class)
    void shouldWalkWithEveryPolicy(CueConfig.PolicyName policy) {
        LoopResult result = ClosedLoop.walk(
                PatientPresets.named("healthy"), CueConfig.DEFAULT.with(policy), 120, LoopOptions.plain(1));

        assertSafe(result);
        assertThat(result.data().blocks()).extracting(block -> block.kind()).containsExactly(Block.Kind.FREE);
        assertThat(result.data().steps().size()).isGreaterThan(180);
        assertThat(result.heardNs().size()).isGreaterThanOrEqualTo(policy == CueConfig.PolicyName.ON_DEMAND ? 0 : 150);
    }

    private static long heardBetween(LoopResult result, double fromS, double toS) {
        return result.heardNs().stream()
                .mapToDouble(ns -> (ns - result.originNs()) * 1e-9)
                .filter(s -> s >= fromS && s < toS)
                .count();
    }
}
