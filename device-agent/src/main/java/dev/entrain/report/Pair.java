package dev.entrain.report;

import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionData.Cue;
import dev.entrain.outcome.SessionData.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A step and the beat nearest to it, at most half an interval away.
 *
 * @param asynchronyS step minus beat, s; negative = step first
 */
record Pair(Step step, Cue cue, double asynchronyS) {
    /** Returns the relative phase, -pi to pi. */
    double phaseRad() {
        return 2 * Math.PI * asynchronyS / cue.periodS();
    }

    /** Pairs a session's steps, in order of time; a step without a beat near enough is left out. */
    static List<Pair> of(SessionData data) {
        List<Cue> cues = data.cues();
        List<Pair> pairs = new ArrayList<>();
        int next = 0;
        for (Step step : data.steps()) {
            while (next < cues.size() && cues.get(next).onsetS() < step.timeS()) {
                next++;
            }
            Cue nearest = null;
            for (int i = Math.max(0, next - 1); i <= Math.min(next, cues.size() - 1); i++) {
                Cue cue = cues.get(i);
                if (nearest == null
                        || Math.abs(step.timeS() - cue.onsetS()) < Math.abs(step.timeS() - nearest.onsetS())) {
                    nearest = cue;
                }
            }
            if (nearest != null && Math.abs(step.timeS() - nearest.onsetS()) <= nearest.periodS() / 2) {
                pairs.add(new Pair(step, nearest, step.timeS() - nearest.onsetS()));
            }
        }
        return pairs;
    }
}
