package dev.entrain.cue;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;

/** Feeds a planner the steps of a walker whose step period may be changed, with perfect predictions. */
final class SteadyWalker {
    private static final long CYCLE_NS = 10_000_000L;

    private final CuePlanner planner;
    private final GaitEvent event = new GaitEvent();
    private final ContactPrediction prediction = new ContactPrediction();
    private Foot foot = Foot.LEFT;
    long nowNs;
    long nextStepNs = 500_000_000L;
    long stepNs;

    SteadyWalker(CuePlanner planner, long stepNs) {
        this.planner = planner;
        this.stepNs = stepNs;
    }

    void walk(double seconds) {
        run(seconds, true, false);
    }

    void stand(double seconds) {
        run(seconds, false, false);
    }

    void loseSensors(double seconds) {
        run(seconds, false, true);
    }

    private void run(double seconds, boolean walking, boolean silent) {
        long endNs = nowNs + (long) (seconds * 1e9);
        if (walking && nextStepNs < nowNs) {
            nextStepNs = nowNs + stepNs;
        }
        while (nowNs < endNs) {
            nowNs += CYCLE_NS;
            while (walking && nextStepNs + 30_000_000L <= nowNs) {
                planner.onGaitEvent(event.set(GaitEvent.Kind.INITIAL_CONTACT, foot, nextStepNs, nowNs, 1));
                planner.onContactPrediction(
                        prediction.set(foot, nextStepNs + 2 * stepNs, 20_000_000L, nowNs, 2 * stepNs));
                foot = foot.other();
                nextStepNs += stepNs;
            }
            planner.advance(nowNs, silent);
        }
    }
}
