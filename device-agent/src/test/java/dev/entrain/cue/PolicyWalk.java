package dev.entrain.cue;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A walker before a planner, with perfect detection 30 ms late and predictions by his own period: even or asymmetric,
 * deaf or correcting his phase and period towards the beats as people do.
 */
final class PolicyWalk {
    private static final long CYCLE_NS = 10_000_000L;
    private static final long DETECTION_NS = 30_000_000L;

    final PlanLog log = new PlanLog();
    final CueLimits limits = new CueLimits();
    final CuePlanner planner;
    final List<Long> steps = new ArrayList<>();
    private final GaitEvent event = new GaitEvent();
    private final ContactPrediction prediction = new ContactPrediction();
    private final Random random = new Random(11);
    private Foot foot = Foot.LEFT;
    private double nextNs = 500e6;
    long nowNs;

    /** His own step period, ns. */
    double stepNs;

    /** (a - b) / (a + b) of the two steps of a stride. */
    double asymmetry;

    /** Standard deviation of a step's time, ns. */
    double noiseNs;

    /** How much of the asynchrony against {@link #naturalNs} he takes away with a step. */
    double phaseGain;

    /** How much of it goes into his period. */
    double periodGain;

    /** Where he puts his steps against the beat, ns. */
    double naturalNs;

    PolicyWalk(CuePolicy policy, double stepNs) {
        planner = new CuePlanner(policy, limits, 0, log);
        this.stepNs = stepNs;
    }

    PolicyWalk walk(double seconds) {
        return run(seconds, true, false);
    }

    PolicyWalk stand(double seconds) {
        return run(seconds, false, false);
    }

    PolicyWalk blind(double seconds) {
        return run(seconds, false, true);
    }

    void tell(GaitEvent.Kind kind) {
        planner.onGaitEvent(event.set(kind, foot, nowNs, nowNs, 1));
    }

    private PolicyWalk run(double seconds, boolean walking, boolean blind) {
        long endNs = nowNs + Math.round(seconds * 1e9);
        if (walking && nextNs < nowNs) {
            nextNs = nowNs + stepNs;
        }
        while (nowNs < endNs) {
            nowNs += CYCLE_NS;
            while (walking && nextNs + DETECTION_NS <= nowNs) {
                step(Math.round(nextNs));
            }
            planner.advance(nowNs, blind);
        }
        return this;
    }

    private void step(long timeNs) {
        steps.add(timeNs);
        planner.onGaitEvent(event.set(GaitEvent.Kind.INITIAL_CONTACT, foot, timeNs, nowNs, 1));
        planner.onContactPrediction(
                prediction.set(foot, timeNs + Math.round(2 * stepNs), 20_000_000L, nowNs, Math.round(2 * stepNs)));
        double pullNs = 0;
        if (phaseGain > 0 && planner.asynchrony().match(timeNs)) {
            pullNs = planner.asynchrony().asynchronyNs(timeNs) - naturalNs;
        }
        stepNs -= periodGain * pullNs;
        double unevenNs = (foot == Foot.LEFT ? asymmetry : -asymmetry) * stepNs;
        nextNs += stepNs + unevenNs - phaseGain * pullNs + noiseNs * random.nextGaussian();
        foot = foot.other();
    }

    List<PlanLog.Entry> beats() {
        return log.commits;
    }

    /** Returns step minus nearest beat of every step from a time on, ns. */
    double[] asynchroniesNs(long fromNs) {
        return steps.stream()
                .filter(t -> t >= fromNs && t <= log.commits.getLast().onsetNs())
                .mapToDouble(t -> log.commits.stream()
                        .mapToLong(b -> t - b.onsetNs())
                        .reduce(Long.MAX_VALUE, (a, b) -> Math.abs(b) < Math.abs(a) ? b : a))
                .toArray();
    }

    /** Returns the greatest change of the grid's interval from beat to beat, per second. */
    double mostSlewPerS() {
        double most = 0;
        for (int i = 1; i < log.commits.size(); i++) {
            double before = log.commits.get(i - 1).periodNs();
            most = Math.max(most, Math.abs(log.commits.get(i).periodNs() - before) / before / (before * 1e-9));
        }
        return most;
    }
}
