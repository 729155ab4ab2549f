package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.cue.CueCommand;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import org.junit.jupiter.api.Test;

/** The level through the real loop, on a card in computed time. */
class AudioLoopLevelTest {
    private static final long MS = 1_000_000L;
    private static final long BEAT_NS = 500 * MS;

    private final SimulatedCard simulated = new SimulatedCard(1_000_000_000L, 20, 1, 3);
    private final FakeCard card = new FakeCard(simulated);
    private final SlotRing<CueCommand> commands = new SlotRing<>(64, CueCommand::new);
    private final Counters counters = new Counters();
    private final AudioLoop loop = new AudioLoop(AudioConfig.DEFAULT, card, commands, counters, card::nowNs);
    private long nextNs;
    private long cueId;

    private void walk(int beats) {
        nextNs = nextNs == 0 ? simulated.nowNs + 200 * MS : nextNs;
        while (cueId < beats && nextNs - simulated.nowNs < 300 * MS) {
            CueCommands.offer(commands, CueCommands.schedule(++cueId, nextNs));
            nextNs += BEAT_NS;
        }
        while (loop.played().peek() != null) {
            loop.played().release();
        }
    }

    @Test
    void shouldCountAMinuteOfCuesAsItsSpectrumSays() {
        int beats = 120;
        card.onWait = wait -> {
            walk(beats);
            if (cueId == beats && simulated.nowNs - nextNs > 0) {
                loop.stop();
            }
        };
        loop.run();
        double left = RenderedCues.beatEnergyS(Foot.LEFT, AudioConfig.DEFAULT.levelGain());
        double right = RenderedCues.beatEnergyS(Foot.RIGHT, AudioConfig.DEFAULT.levelGain());
        assertThat(counters.get(Counter.CUES_PLAYED)).isEqualTo(beats);
        assertThat(10 * Math.log10(loop.level().exposureS() / (0.5 * beats * (left + right))))
                .isCloseTo(0, within(0.2));
    }

    @Test
    void shouldLowerTheSoundOfAWalkByAtMostADecibelASecond() {
        double[] last = {0, 0};
        double[] fastest = {0};
        card.onWait = wait -> {
            walk(20);
            if (wait == 400) {
                loop.level().attenuate(3);
            }
            double seconds = (simulated.nowNs - last[0]) * 1e-9;
            double lowered = loop.level().attenuationDb();
            // What was written in one wake-up may be told at once, at most a buffer of it.
            fastest[0] = Math.max(fastest[0], (lowered - last[1]) / Math.max(seconds, 2048 / 48_000.0));
            last[0] = simulated.nowNs;
            last[1] = lowered;
            if (cueId == 20 && simulated.nowNs - nextNs > 0) {
                loop.stop();
            }
        };
        loop.run();
        assertThat(fastest[0]).isBetween(0.1, 1.01);
        assertThat(loop.level().attenuationDb()).isEqualTo(3);
        float[] kept = card.kept();
        double first = peak(kept, 0, 48_000);
        double end = peak(kept, kept.length / 2 - 96_000, kept.length / 2);
        assertThat(20 * Math.log10(first / end)).isCloseTo(3, within(0.5));
    }

    private static double peak(float[] stereo, int from, int to) {
        double peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, Math.abs(stereo[2 * i]));
        }
        return peak;
    }
}
