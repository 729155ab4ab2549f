package dev.entrain.musictest;

import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Kind;
import dev.entrain.cue.CuePlanner;
import dev.entrain.sample.Foot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Plans beats of a given course of tempo, one beat ahead and final as early as the planner makes them. */
public final class TempoCourse {
    private static final long FIRST_NS = 1_000_000_000L;

    private TempoCourse() {}

    /**
     * Plans beats.
     *
     * @param spm tempo at a time in s, beats per minute
     * @param seconds how long, s
     */
    public static List<TimedCue> of(DoubleUnaryOperator spm, double seconds) {
        List<TimedCue> cues = new ArrayList<>();
        long onsetNs = FIRST_NS;
        long beforeNs = FIRST_NS - 500_000_000L;
        for (long id = 1; onsetNs < seconds * 1e9; id++) {
            long periodNs = Math.round(60e9 / spm.applyAsDouble(onsetNs * 1e-9));
            cues.add(cue(Kind.SCHEDULE, id, onsetNs, beforeNs - CuePlanner.COMMIT_LEAD_NS, periodNs));
            cues.add(cue(Kind.COMMIT, id, onsetNs, onsetNs - CuePlanner.COMMIT_LEAD_NS, periodNs));
            beforeNs = onsetNs;
            onsetNs += Math.round(60e9 / spm.applyAsDouble((onsetNs + periodNs / 2.0) * 1e-9));
        }
        return cues;
    }

    private static TimedCue cue(Kind kind, long id, long onsetNs, long decidedNs, long periodNs) {
        CueCommand command = new CueCommand();
        command.kind = kind;
        command.cueId = id;
        command.onsetNs = onsetNs;
        command.decidedNs = decidedNs;
        command.periodNs = periodNs;
        command.foot = Foot.of((int) (id % 2));
        return TimedCue.of(command);
    }
}
