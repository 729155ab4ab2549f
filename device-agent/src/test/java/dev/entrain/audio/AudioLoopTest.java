package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.entrain.audio.AudioStatistics.State;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Kind;
import dev.entrain.cue.Prompt;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AudioLoopTest {
    private static final long MS = 1_000_000L;

    private final SimulatedCard simulated = new SimulatedCard(1_000_000_000L, 60, 1, 1);
    private final FakeCard card = new FakeCard(simulated);
    private final SlotRing<CueCommand> commands = new SlotRing<>(64, CueCommand::new);
    private final Counters counters = new Counters();
    private final AudioLoop loop = new AudioLoop(AudioConfig.DEFAULT, card, commands, counters, card::nowNs);
    private final List<Long> frames = new ArrayList<>();
    private final List<Double> errorsNs = new ArrayList<>();
    private long cueId;
    private long nextOnsetNs;

    @Test
    void shouldPlayCuesOnTimeOnADriftingCard() {
        card.onWait = wait -> {
            walk();
            stopAt(wait, 2000);
        };
        loop.run();
        readPlayed();

        assertThat(counters.get(Counter.CUES_PLAYED)).isEqualTo(frames.size()).isGreaterThan(15);
        assertThat(counters.get(Counter.CUES_LATE)).isZero();
        assertThat(counters.get(Counter.UNDERRUNS)).isZero();
        assertThat(counters.get(Counter.AUDIO_REANCHORS)).isZero();
        assertThat(Onsets.of(card.kept())).containsExactlyElementsOf(frames);
        assertThat(errorsNs).allMatch(error -> Math.abs(error) < 0.1 * MS);
        assertThat(loop.statistics().ratePpm()).isBetween(50.0, 70.0);
        assertThat(loop.statistics().worstErrorFrames()).isLessThanOrEqualTo(1);
        assertThat(loop.statistics().leadNs()).isBetween(50 * MS, 60 * MS);
        assertThat(loop.statistics().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void shouldCountUnderrunAndPlayOnTimeAfterIt() {
        card.underrunAt = 900;
        card.onWait = wait -> {
            walk();
            stopAt(wait, 2000);
        };
        loop.run();
        readPlayed();

        assertThat(counters.get(Counter.UNDERRUNS)).isEqualTo(1);
        assertThat(counters.get(Counter.AUDIO_REANCHORS)).isEqualTo(1);
        assertThat(counters.get(Counter.AUDIO_REOPENED)).isZero();
        assertThat(Onsets.of(card.kept())).containsExactlyElementsOf(frames);
        assertThat(errorsNs).allMatch(error -> Math.abs(error) < 0.1 * MS);
    }

    @Test
    void shouldOpenVanishedCardAgainAndPlayOnTime() {
        card.failAt = 500;
        card.openingsThatFail = 3;
        card.onWait = wait -> {
            walk();
            stopAt(wait, 2000);
        };
        loop.run();
        readPlayed();

        assertThat(card.opened()).isEqualTo(2);
        assertThat(counters.get(Counter.AUDIO_REOPENED)).isEqualTo(1);
        assertThat(counters.get(Counter.AUDIO_REANCHORS)).isEqualTo(1);
        assertThat(counters.get(Counter.CUES_LATE)).isPositive();
        float[] words = SpokenWords.of(Language.EN, Prompt.SOUND_BACK, SimulatedCard.RATE_HZ);
        SpokenWords.Found said = SpokenWords.find(SpokenWords.left(card.kept()), words);
        assertThat(said.correlation()).isGreaterThan(0.9);
        assertThat(SpokenWords.outside(Onsets.of(card.kept()), said, words))
                .containsExactlyElementsOf(SpokenWords.outside(frames, said, words));
        assertThat(frames.getLast()).isGreaterThan(card.keptBeforeStart());
        assertThat(errorsNs).allMatch(error -> Math.abs(error) < 0.1 * MS);
    }

    @Test
    void shouldOpenStalledCardAgain() {
        card.stallAt = 300;
        card.onWait = wait -> stopAt(wait, 700);
        loop.run();

        assertThat(card.opened()).isEqualTo(2);
        assertThat(counters.get(Counter.AUDIO_REOPENED)).isEqualTo(1);
    }

    @Test
    void shouldNotRunAwayWithDeviceThatTakesSoundWithoutTime() {
        card.bottomless = true;
        card.onWait = wait -> stopAt(wait, 400);
        loop.run();

        assertThat(card.opened()).isEqualTo(2);
        assertThat(card.keptBeforeStart()).isLessThan(48_000);
    }

    @Test
    void shouldSayWhyItIsSilentWhileTheCardIsAway() {
        List<String> seen = new ArrayList<>();
        AudioOpener absent = new AudioOpener() {
            @Override
            public AudioOutput open() throws AudioException {
                seen.add(loop.statistics().state().toString());
                throw new AudioException("There is no sound card. Plug one in.");
            }

            @Override
            public String describe() {
                return "sound card";
            }
        };
        AudioLoop[] self = new AudioLoop[1];
        long[] nowNs = {0};
        AudioLoop waiting = new AudioLoop(AudioConfig.DEFAULT, absent, commands, counters, () -> {
            nowNs[0] += 500 * MS;
            if (nowNs[0] > 20_000 * MS) {
                seen.add(self[0].statistics().description());
                self[0].stop();
            }
            return nowNs[0];
        });
        self[0] = waiting;
        CueCommands.offer(commands, CueCommands.schedule(1, 5000 * MS));
        waiting.run();

        assertThat(seen).contains("There is no sound card. Plug one in.");
        assertThat(seen.size()).isLessThan(12);
        assertThat(counters.get(Counter.CUES_LATE)).isEqualTo(1);
    }

    @Test
    void shouldFadeOutBeforeItEnds() {
        card.onWait = wait -> {
            if (wait == 400) {
                CueCommands.offer(commands, CueCommands.schedule(1, simulated.nowNs + 60 * MS));
            }
            if (loop.played().peek() != null) {
                loop.stop();
            }
        };
        loop.run();
        float[] kept = card.kept();
        int lastSound = kept.length / 2 - 1;
        while (kept[2 * lastSound] == 0) {
            lastSound--;
        }
        readPlayed();

        assertThat(lastSound - frames.getFirst()).isLessThan(480 + FakeCard.PERIOD);
        assertThat(kept.length / 2 - lastSound).isGreaterThan(FakeCard.BUFFER);
    }

    @Test
    void shouldBeSilentFromSilenceUntilTheNextSchedule() {
        card.onWait = wait -> {
            if (wait == 300) {
                CueCommands.offer(commands, CueCommands.schedule(1, simulated.nowNs + 100 * MS));
                CueCommands.offer(commands, CueCommands.schedule(2, simulated.nowNs + 400 * MS));
            }
            if (wait == 310) {
                CueCommands.offer(commands, CueCommands.of(Kind.SILENCE, 0));
            }
            if (wait == 600) {
                CueCommands.offer(commands, CueCommands.schedule(3, simulated.nowNs + 100 * MS));
            }
            stopAt(wait, 800);
        };
        loop.run();

        readPlayed();

        assertThat(Onsets.of(card.kept())).containsExactlyElementsOf(frames).hasSize(1);
        assertThat(frames.getFirst()).isGreaterThan(600L * FakeCard.PERIOD);
    }

    @Test
    void shouldAllocateNothingPerCycle() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] allocated = {0, 0};
        CueCommand cue = CueCommands.schedule(1, 0);
        card.onWait = wait -> {
            if (wait == 2500) {
                allocated[0] = threads.getCurrentThreadAllocatedBytes();
            }
            if (wait == 3500) {
                allocated[1] = threads.getCurrentThreadAllocatedBytes();
                loop.stop();
            }
            cue.cueId++;
            cue.onsetNs = simulated.nowNs + 80 * MS;
            CueCommands.offer(commands, cue);
            if (loop.played().peek() != null) {
                loop.played().release();
            }
        };
        loop.run();

        assertThat(counters.get(Counter.CUES_PLAYED)).isGreaterThan(3000);
        assertThat(allocated[1] - allocated[0]).isLessThan(1000);
    }

    /** Plans a cue 300 ms ahead every 500 ms. */
    private void walk() {
        if (nextOnsetNs == 0) {
            nextOnsetNs = simulated.nowNs + 200 * MS;
        }
        while (nextOnsetNs - simulated.nowNs < 300 * MS) {
            cueId++;
            CueCommands.offer(commands, CueCommands.schedule(cueId, nextOnsetNs));
            nextOnsetNs += 500 * MS;
        }
    }

    private void stopAt(long wait, long last) {
        if (wait == last) {
            loop.stop();
        }
        readPlayed();
    }

    private void readPlayed() {
        for (PlayedCue cue = loop.played().peek();
                cue != null;
                cue = loop.played().peek()) {
            frames.add(cue.frameIndex);
            errorsNs.add(simulated.trueTimeNs(cue.frameIndex - card.keptBeforeStart()) - cue.onsetNs);
            loop.played().release();
        }
    }
}
