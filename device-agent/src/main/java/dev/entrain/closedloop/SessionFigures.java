package dev.entrain.closedloop;

import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionData.BlockSpan;
import dev.entrain.outcome.SessionSummaries;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.SessionEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the population table takes of one session; NaN where a session has no such figure.
 *
 * @param completed whether all blocks were walked
 * @param ruleStops how often a rule stopped or ended it
 * @param locked share of windows locked in cued blocks
 * @param endsLocked 1 if the walker holds the beat in the last minute of progress (or of match, where there is none), else 0
 * @param offTargetPct cadence of that minute against the target, %
 * @param stepsBack how often tempo was taken back
 * @param highestPct highest level reached, % against the baseline
 * @param baselineErrorPct C0 against the true cadence of the baseline walk, %
 * @param answerS from the onset of each trembling freeze, of at least 1 s unless a beat ended it, to the first beat heard, s; infinite if none came
 * @param silentAnswerS the same of freezes that began in silence
 * @param relieved freezes that a beat ended
 */
public record SessionFigures(
        boolean completed,
        int ruleStops,
        double locked,
        double endsLocked,
        double offTargetPct,
        int stepsBack,
        double highestPct,
        double baselineErrorPct,
        List<Double> answerS,
        List<Double> silentAnswerS,
        int relieved) {
    private static final double LAST_S = 60;
    private static final double HELD_RESULTANT = 0.5;
    private static final double HELD_PCT = 1.5;
    private static final int FEWEST_STEPS = 20;
    private static final double SHORTEST_FREEZE_S = 1;
    private static final double SILENCE_S = 2;

    /** After the end of a freeze a beat is no answer to it any more, s. */
    private static final double LATE_S = 2;

    /** Copies the lists. */
    public SessionFigures {
        answerS = List.copyOf(answerS);
        silentAnswerS = List.copyOf(silentAnswerS);
    }

    /** Draws the figures of a session. */
    public static SessionFigures of(LoopResult result) {
        SessionData data = result.data();
        SessionSummary summary = SessionSummaries.of(data);
        double highest = Double.NaN;
        for (SessionData.Event event : data.events()) {
            if (!Double.isNaN(event.levelPct())) {
                highest = Double.isNaN(highest) ? event.levelPct() : Math.max(highest, event.levelPct());
            }
        }
        List<Double> answers = new ArrayList<>();
        List<Double> silent = new ArrayList<>();
        int relieved = 0;
        for (LoopTruth.Freeze freeze : result.truth().freezes()) {
            if (freeze.startNs() < result.originNs() || !running(data, result, freeze.startNs())) {
                continue;
            }
            // Whom a beat relieved early was answered, however short the freeze; one without trembling looks like
            // standing.
            if (freeze.trembling() && (freeze.relieved() || freeze.durationS() >= SHORTEST_FREEZE_S)) {
                relieved += freeze.relieved() ? 1 : 0;
                double answer = answerS(result.heardNs(), freeze);
                answers.add(answer);
                if (silentBefore(result.heardNs(), freeze.startNs())) {
                    silent.add(answer);
                }
            }
        }
        End end = end(data);
        return new SessionFigures(
                summary.end() == SessionEvent.End.COMPLETED,
                summary.rules(),
                metric(summary, SessionSummary.Scope.CUED, MetricName.LOCKED_FRACTION),
                end.held,
                end.offPct,
                summary.stepsBack(),
                highest,
                baselineErrorPct(result),
                answers,
                silent,
                relieved);
    }

    /** Returns a figure of a part of a session, NaN where it is insufficient. */
    static double metric(SessionSummary summary, SessionSummary.Scope scope, MetricName name) {
        for (SessionSummary.Part part : summary.parts()) {
            if (part.scope() == scope) {
                return part.metric(name).value();
            }
        }
        return Double.NaN;
    }

    private static double baselineErrorPct(LoopResult result) {
        for (BlockSpan block : result.data().blocks()) {
            if (block.kind() == Block.Kind.BASELINE) {
                // Standing and starting are no part of his cadence.
                long fromNs = result.originNs() + Math.round((block.startS() + 10) * 1e9);
                long toNs = result.originNs() + Math.round(block.endS() * 1e9);
                return 100 * (result.data().baselineSpm() / result.truth().cadenceSpm(fromNs, toNs) - 1);
            }
        }
        return Double.NaN;
    }

    /** Whether a block was going on, and no pause or rest. */
    private static boolean running(SessionData data, LoopResult result, long timeNs) {
        double timeS = (timeNs - result.originNs()) * 1e-9;
        for (BlockSpan block : data.blocks()) {
            if (timeS >= block.startS() && timeS < block.endS()) {
                return block.kind() != Block.Kind.REST;
            }
        }
        return false;
    }

    private static double answerS(List<Long> heardNs, LoopTruth.Freeze freeze) {
        int at = Collections.binarySearch(heardNs, freeze.startNs());
        int next = at >= 0 ? at : -at - 1;
        if (next == heardNs.size() || heardNs.get(next) > freeze.endNs() + LATE_S * 1e9) {
            return Double.POSITIVE_INFINITY;
        }
        return (heardNs.get(next) - freeze.startNs()) * 1e-9;
    }

    private static boolean silentBefore(List<Long> heardNs, long timeNs) {
        int at = Collections.binarySearch(heardNs, timeNs);
        int before = (at >= 0 ? at : -at - 1) - 1;
        return before < 0 || timeNs - heardNs.get(before) > SILENCE_S * 1e9;
    }

    private record End(double held, double offPct) {}

    private static End end(SessionData data) {
        BlockSpan last = null;
        for (BlockSpan block : data.blocks()) {
            boolean match = block.kind() == Block.Kind.MATCH && (last == null || last.kind() == Block.Kind.MATCH);
            if (match || block.kind() == Block.Kind.PROGRESS) {
                last = block;
            }
        }
        if (last == null) {
            return new End(Double.NaN, Double.NaN);
        }
        double fromS = Math.max(last.startS(), last.endS() - LAST_S);
        double toS = last.endS();
        double target = targetSpm(data, toS);
        double cadence = cadenceSpm(data, fromS, toS);
        double resultant = resultant(data, fromS, toS);
        double offPct = 100 * (cadence / target - 1);
        boolean known = !Double.isNaN(offPct) && !Double.isNaN(resultant);
        boolean held = resultant >= HELD_RESULTANT && Math.abs(offPct) <= HELD_PCT;
        return new End(known ? (held ? 1 : 0) : Double.NaN, offPct);
    }

    private static double targetSpm(SessionData data, double atS) {
        double target = Double.NaN;
        for (SessionData.Event event : data.events()) {
            if (event.timeS() < atS && !Double.isNaN(event.targetSpm())) {
                target = event.targetSpm();
            }
        }
        return target;
    }

    /** Twice the steps of the median stride of one foot; pauses and freezes do not move it. */
    private static double cadenceSpm(SessionData data, double fromS, double toS) {
        List<Double> strides = new ArrayList<>();
        double[] lastS = {Double.NaN, Double.NaN};
        for (SessionData.Step step : data.steps()) {
            if (step.timeS() >= fromS && step.timeS() < toS) {
                int foot = step.foot().ordinal();
                if (!Double.isNaN(lastS[foot])) {
                    strides.add(step.timeS() - lastS[foot]);
                }
                lastS[foot] = step.timeS();
            }
        }
        return strides.size() < FEWEST_STEPS ? Double.NaN : 120 / Quantile.of(strides, 0.5);
    }

    /** Length of the mean resultant of the steps' phases in the cues, each foot about its own mean. */
    private static double resultant(SessionData data, double fromS, double toS) {
        double[] x = new double[Foot.COUNT];
        double[] y = new double[Foot.COUNT];
        int count = 0;
        int next = 0;
        List<SessionData.Cue> cues = data.cues();
        for (SessionData.Step step : data.steps()) {
            if (step.timeS() < fromS || step.timeS() >= toS) {
                continue;
            }
            while (next < cues.size() && cues.get(next).onsetS() < step.timeS()) {
                next++;
            }
            if (next == 0
                    || step.timeS() - cues.get(next - 1).onsetS()
                            > cues.get(next - 1).periodS()) {
                continue;
            }
            SessionData.Cue before = cues.get(next - 1);
            double phase = 2 * Math.PI * (step.timeS() - before.onsetS()) / before.periodS();
            x[step.foot().ordinal()] += Math.cos(phase);
            y[step.foot().ordinal()] += Math.sin(phase);
            count++;
        }
        return count < FEWEST_STEPS ? Double.NaN : (Math.hypot(x[0], y[0]) + Math.hypot(x[1], y[1])) / count;
    }
}
