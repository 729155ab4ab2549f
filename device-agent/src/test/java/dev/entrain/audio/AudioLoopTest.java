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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AudioLoopTest {
    private static final long MS = 1_000_000L;

    /** What stays as it is when the rest is taken back: 2 periods. */
    private static final int KEPT = 2 * FakeCard.PERIOD;

    private static final int FADE = 240;

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
    void shouldFallSilentWhenTheWordSilenceWasLostInAFullRing() {
        card.onWait = wait -> {
            if (wait == 300) {
                CueCommand cue = CueCommands.schedule(1, simulated.nowNs + 200 * MS);
                for (CueCommand slot = commands.claim(); slot != null; slot = commands.claim()) {
                    slot.copyFrom(cue);
                    cue.cueId++;
                    commands.publish();
                }
                assertThat(commands.claim()).isNull(); // Here silence is refused.
            }
            stopAt(wait, 600);
        };
        loop.run();

        assertThat(Onsets.of(card.kept())).isEmpty();
    }

    @Test
    void shouldTakeBackWhatTheCardWasGiven() {
        card.recalls = true;
        long[] heardAtSilence = {0};
        silenceWhenCueIsGiven(heardAtSilence);
        float[] kept = card.kept();
        readPlayed();
        long silentFrom = heardAtSilence[0] + KEPT + FADE;

        assertThat(frames.getFirst()).as("the cue had been given").isLessThan(heardAtSilence[0] + FakeCard.BUFFER);
        assertThat(silenceIn(kept, silentFrom, kept.length / 2)).isTrue();
        assertThat(counters.get(Counter.CUES_PLAYED)).isEqualTo(1);
        assertThat(counters.get(Counter.CUES_UNHEARD)).isEqualTo(frames.getFirst() < silentFrom ? 0 : 1);
    }

    @Test
    void shouldFadeWhatWasTakenBackAndThenBeExactlySilent() {
        // Cues without a gap, so that something sounds whenever silence comes.
        float[] whole = hearCues(1, 500, null);
        float[] stopped = hearCues(1, 500, CueCommands.of(Kind.SILENCE, 0));
        int from = 500 * FakeCard.PERIOD + KEPT; // A period is heard from wait to wait.
        float[] expected = Arrays.copyOf(whole, stopped.length);
        for (int i = 0; i < 2 * FADE; i++) {
            expected[2 * from + i] *= (float) (FADE - 1 - i / 2) / FADE;
        }
        Arrays.fill(expected, 2 * (from + FADE), expected.length, 0);

        assertThat(silenceIn(whole, from, from + FADE)).isFalse();
        assertThat(Arrays.mismatch(stopped, expected)).isEqualTo(-1);
    }

    @Test
    void shouldLeaveTheStreamAsIfWithdrawnCueHadNeverBeen() {
        float[] without = hearCues(100, 0, null);
        float[] with = hearCues(100, 130, CueCommands.of(Kind.WITHDRAW, 1));

        assertThat(Onsets.of(without)).hasSizeGreaterThan(3);
        assertThat(Arrays.equals(with, without)).isTrue();
    }

    @Test
    void shouldGrowBackAfterBreakThatIsLongerThanMoment() {
        card.failAt = 500;
        card.openingsThatFail = 3;
        card.onWait = wait -> {
            walk();
            stopAt(wait, 1500);
        };
        loop.run();
        readPlayed();
        float[] kept = card.kept();
        List<Double> peaks = new ArrayList<>();
        for (long frame : frames) {
            peaks.add(peak(kept, (int) frame));
        }
        int firstAfter = 0;
        while (frames.get(firstAfter) < card.keptBeforeStart()) {
            firstAfter++;
        }

        assertThat(firstAfter).isPositive();
        assertThat(peaks.get(firstAfter)).isLessThan(0.5 * peaks.getFirst());
        assertThat(peaks.subList(firstAfter, firstAfter + 4)).isSorted();
        assertThat(peaks.getLast()).isGreaterThan(0.9 * peaks.get(firstAfter - 1));
    }

    @Test
    void shouldAllocateNothingPerCycle() {
        card.recalls = true;
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
            cue.kind = wait % 16 == 0 ? Kind.SILENCE : Kind.SCHEDULE;
            cue.cueId++;
            cue.onsetNs = simulated.nowNs + 60 * MS;
            CueCommands.offer(commands, cue);
            if (loop.played().peek() != null) {
                loop.played().release();
            }
        };
        loop.run();

        assertThat(counters.get(Counter.CUES_PLAYED)).isGreaterThan(500);
        assertThat(counters.get(Counter.CUES_UNHEARD)).isGreaterThan(10);
        assertThat(allocated[1] - allocated[0]).isLessThan(1000);
    }

    private void silenceWhenCueIsGiven(long[] heardAtSilence) {
        card.onWait = wait -> {
            if (wait == 400) {
                CueCommands.offer(commands, CueCommands.schedule(1, simulated.nowNs + 60 * MS));
            }
            if (heardAtSilence[0] == 0 && loop.played().peek() != null) {
                CueCommands.offer(commands, CueCommands.of(Kind.SILENCE, 0));
                heardAtSilence[0] = card.heardFrame() + FakeCard.PERIOD; // It is read when a period is free.
            }
            if (wait == 600) {
                loop.stop();
            }
        };
        loop.run();
    }

    /** A fresh run with a cue every few waits; in one wait a command of which cue 1 was planned 10 waits before. */
    private static float[] hearCues(int everyWaits, int commandWait, @Nullable CueCommand command) {
        SimulatedCard simulated = new SimulatedCard(1_000_000_000L, 60, 1, 1);
        FakeCard card = new FakeCard(simulated);
        card.recalls = true;
        SlotRing<CueCommand> commands = new SlotRing<>(64, CueCommand::new);
        AudioLoop loop = new AudioLoop(AudioConfig.DEFAULT, card, commands, new Counters(), card::nowNs);
        card.onWait = wait -> {
            if (wait % everyWaits == 0
                    && (commandWait == 0 || everyWaits > 1 || wait <= commandWait || command == null)) {
                CueCommands.offer(commands, CueCommands.schedule(100 + 2 * wait, simulated.nowNs + 100 * MS));
            }
            if (command != null && wait == commandWait - 10) {
                CueCommands.offer(commands, CueCommands.schedule(1, simulated.nowNs + 130 * MS));
            }
            if (command != null && wait == commandWait) {
                CueCommands.offer(commands, command);
            }
            if (wait == 600) {
                loop.stop();
            }
        };
        loop.run();
        return card.kept();
    }

    private static boolean silenceIn(float[] stereo, long from, long to) {
        return energy(stereo, (int) from, (int) to) == 0;
    }

    private static double energy(float[] stereo, int from, int to) {
        double sum = 0;
        for (int i = 2 * from; i < 2 * to; i++) {
            sum += stereo[i] * stereo[i];
        }
        return sum;
    }

    private static double peak(float[] stereo, int from) {
        double most = 0;
        for (int i = 2 * from; i < Math.min(stereo.length, 2 * from + 4000); i++) {
            most = Math.max(most, Math.abs(stereo[i]));
        }
        return most;
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
