package dev.entrain.closedloop;

import dev.entrain.cue.CueConfig;
import dev.entrain.session.Block;
import dev.entrain.session.Condition;
import dev.entrain.session.Programme;
import java.util.List;

/** Short programmes for tests. */
final class Programmes {
    private Programmes() {}

    static Programme brief(Condition condition, double stepPct, double ceilingPct) {
        CueConfig cue = CueConfig.DEFAULT.with(CueConfig.PolicyName.METRONOME);
        boolean freezing = condition == Condition.PARKINSON_FREEZING;
        return new Programme(
                "brief",
                "Brief",
                condition,
                1800,
                3,
                new Programme.Tempo(0, stepPct, ceilingPct, 0, 0),
                new Programme.Freezing(freezing, -5, 8),
                List.of(
                        new Block.Baseline(60, 30),
                        new Block.Match(120, 60, 0.7, cue),
                        new Block.Progress(300, 30, cue),
                        new Block.Rest(20),
                        new Block.Exercise(90, 20, 5, true, 10, cue),
                        new Block.Fade(80, cue),
                        new Block.Retention(60)));
    }
}
