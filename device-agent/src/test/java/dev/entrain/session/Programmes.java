package dev.entrain.session;

import dev.entrain.cue.CueConfig;
import java.util.List;

/** Short programmes for tests. */
final class Programmes {
    static final CueConfig BEAT = CueConfig.DEFAULT.with(CueConfig.PolicyName.METRONOME);
    static final Programme.Tempo TEMPO = new Programme.Tempo(0, 2, 10, 0, 0);
    static final Programme.Freezing NO_FREEZING = new Programme.Freezing(false, -10, 8);
    static final Block BASELINE = new Block.Baseline(30, 20);
    static final Block MATCH = new Block.Match(60, 30, 0.7, BEAT);
    static final Block PROGRESS = new Block.Progress(300, 30, BEAT);
    static final Block EXERCISE = new Block.Exercise(120, 15, 8, true, 15, BEAT);
    static final Block FADE = new Block.Fade(80, BEAT);
    static final Block FREE = new Block.Free(60, BEAT);
    static final Block RETENTION = new Block.Retention(30);
    static final Block REST = new Block.Rest(30);

    private Programmes() {}

    static Programme of(Block... blocks) {
        return of(TEMPO, blocks);
    }

    static Programme of(Programme.Tempo tempo, Block... blocks) {
        return new Programme("test", "Test", Condition.HEALTHY, 3600, 3, tempo, NO_FREEZING, List.of(blocks));
    }

    static Programme whole() {
        return of(BASELINE, MATCH, PROGRESS, REST, EXERCISE, FADE, FREE, RETENTION);
    }
}
