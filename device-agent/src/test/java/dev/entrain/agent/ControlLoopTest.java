package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.PlayedCue;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Kind;
import dev.entrain.cue.CueConfig;
import dev.entrain.cue.Prompt;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.health.Counters;
import dev.entrain.journal.LiveState;
import dev.entrain.journal.WalkRecord;
import dev.entrain.pipeline.ControlCore;
import dev.entrain.pipeline.SampleMerge;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.ImuSample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ControlLoopTest {
    private final SlotRing<CueCommand> cues = new SlotRing<>(16, CueCommand::new);
    private final SlotRing<LiveState> states = new SlotRing<>(64, LiveState::new);
    private final Counters counters = new Counters();
    private final LiveStatus status = new LiveStatus();
    private final LiveSink sink = new LiveSink(
            cues, new FactFeed(new SlotRing<>(64, WalkRecord::new), counters), counters, status, MusicSteps.none());
    private final ControlCore core = new ControlCore(new PairTracker(), CueConfig.DEFAULT.newPolicy(), 0, sink);

    /** A loop that ends after some looks at the clock. */
    private ControlLoop loop(int most) {
        AtomicInteger looks = new AtomicInteger();
        ControlLoop[] loop = new ControlLoop[1];
        loop[0] = new ControlLoop(
                new SampleMerge(new SlotRing<>(2, ImuSample::new), new SlotRing<>(2, ImuSample::new)),
                core,
                sink,
                new SlotRing<>(2, PlayedCue::new),
                states,
                null,
                counters,
                status,
                new BatteryWatch(List.of(), status),
                new Button(core),
                new ClinicHand(core, sink, 2),
                () -> {
                    if (looks.incrementAndGet() == most) {
                        loop[0].stop();
                    }
                    return looks.get() * 2_000_000L;
                },
                0);
        return loop[0];
    }

    @Test
    void shouldSpeakWhatAnotherThreadAsksForOnce() {
        ControlLoop loop = loop(5);
        loop.say(Prompt.LEVEL_LOWERED);
        loop.say(Prompt.LEVEL_LOWERED);
        loop.say(Prompt.BATTERY_LOW);
        loop.run();
        List<String> said = new ArrayList<>();
        for (CueCommand command = cues.peek(); command != null; command = cues.peek()) {
            said.add(command.kind == Kind.SAY ? command.prompt.name() : command.kind.name());
            cues.release();
        }
        assertThat(said).containsExactly("BATTERY_LOW", "LEVEL_LOWERED");
    }

    @Test
    void shouldBeginAsSilentAsTheAgentBeforeWas() {
        ControlLoop held = loop(5);
        held.keep(Silence.HELD);
        held.run();
        assertThat(status.silence()).isEqualTo(Silence.HELD);
        core.start();
        ControlLoop stopped = loop(5);
        stopped.keep(Silence.STOPPED);
        stopped.run();
        assertThat(status.silence()).isEqualTo(Silence.STOPPED);
        core.start();
        loop(5).run();
        assertThat(status.silence()).isEqualTo(Silence.NONE);
    }
}
