package dev.entrain.audio.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioLoop;
import dev.entrain.audio.AudioOpener;
import dev.entrain.audio.AudioOutput;
import dev.entrain.audio.AudioOutputs;
import dev.entrain.audio.CueCommands;
import dev.entrain.audio.LinearFrameClock;
import dev.entrain.audio.Loudness;
import dev.entrain.audio.Onsets;
import dev.entrain.audio.PlayedCue;
import dev.entrain.audio.SoundConfig;
import dev.entrain.audio.Urgency;
import dev.entrain.cue.CueCommand;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WavOutputTest {
    private static final long MS = 1_000_000L;

    @TempDir
    Path folder;

    @Test
    @Timeout(20)
    void shouldPlayLiveWalkIntoFileWithEveryCueOnItsFrame() throws Exception {
        Path path = folder.resolve("walk.wav");
        SlotRing<CueCommand> commands = new SlotRing<>(64, CueCommand::new);
        Counters counters = new Counters();
        NanoClock time = NanoClock.SYSTEM;
        AudioLoop loop = new AudioLoop(AudioConfig.DEFAULT, new WavOpener(path, time), commands, counters, time);
        long firstNs = time.nowNs() + 400 * MS;
        for (long i = 0; i < 10; i++) {
            CueCommands.offer(commands, CueCommands.schedule(i + 1, firstNs + i * 101 * MS));
        }
        Thread thread = loop.newThread(Urgency.NONE);
        thread.start();
        List<Long> frames = new ArrayList<>();
        List<Long> onsetsNs = new ArrayList<>();
        long deadlineNs = time.nowNs() + 10_000 * MS;
        while (frames.size() < 10 && time.nowNs() - deadlineNs < 0) {
            PlayedCue cue = loop.played().peek();
            if (cue == null) {
                Thread.onSpinWait();
            } else {
                frames.add(cue.frameIndex);
                onsetsNs.add(cue.onsetNs);
                loop.played().release();
            }
        }
        loop.stop();
        thread.join(5000);

        assertThat(thread.isAlive()).isFalse();
        assertThat(Onsets.of(WavReader.read(path)))
                .containsExactlyElementsOf(frames)
                .hasSize(10);
        // The file's time line is exact: all cues lie on one origin to the frame.
        LinearFrameClock line = new LinearFrameClock(onsetsNs.getFirst(), 48_000);
        for (int i = 0; i < 10; i++) {
            assertThat(Math.abs(line.frameOf(onsetsNs.get(i)) - (frames.get(i) - frames.getFirst())))
                    .isLessThanOrEqualTo(1);
        }
        assertThat(loop.statistics().worstErrorFrames()).isZero();
        assertThat(counters.get(Counter.AUDIO_REANCHORS)).isZero();
    }

    @Test
    void shouldTakeFurtherNameWhenOpenedAgain() throws AudioException {
        WavOpener opener = new WavOpener(folder.resolve("cues.wav"), NanoClock.SYSTEM);
        opener.open().close();
        opener.open().close();

        assertThat(folder.resolve("cues.wav")).exists();
        assertThat(folder.resolve("cues-2.wav")).exists();
    }

    @Test
    void shouldTellWhatToDoWhenTheFileCannotBeWritten() {
        WavOpener opener = new WavOpener(folder.resolve("missing/cues.wav"), NanoClock.SYSTEM);

        assertThatThrownBy(opener::open)
                .isInstanceOf(AudioException.class)
                .hasMessageContaining("missing/cues.wav")
                .hasMessageContaining("Choose another audio file");
    }

    @Test
    void shouldChooseTheFileAndSayWhyWhenThereIsNoCard() {
        AudioOpener noCard = new AudioOpener() {
            @Override
            public AudioOutput open() throws AudioException {
                throw new AudioException("There is no sound card. Plug one in.");
            }

            @Override
            public String describe() {
                return "sound card";
            }
        };
        WavOpener file = new WavOpener(folder.resolve("cues.wav"), NanoClock.SYSTEM);
        AudioOutputs.Choice choice = AudioOutputs.choose(
                new AudioConfig(
                        AudioConfig.Output.AUTO,
                        "default",
                        Path.of("cues.wav"),
                        -18,
                        0,
                        SoundConfig.DEFAULT,
                        Loudness.UNKNOWN),
                noCard,
                file);

        assertThat(choice.card()).isFalse();
        assertThat(choice.opener()).isSameAs(file);
        assertThat(choice.message())
                .startsWith("There is no sound card. Plug one in.")
                .contains("cues.wav");
    }

    @Test
    void shouldRenderReplayTheSameTwiceWithCuesOnExactFrames() throws IOException, UnsupportedAudioFileException {
        Path first = replay("1.wav", 5_000_000, true);
        Path second = replay("2.wav", 5_000_000, true);
        LinearFrameClock line = new LinearFrameClock(7_000_000_000L, WavReplay.RATE_HZ);
        List<Long> expected = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            expected.add(line.frameOf(7_000_000_000L + i * 1_033_333_333L));
        }

        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
        assertThat(Onsets.of(WavReader.read(first))).containsExactlyElementsOf(expected);
    }

    @Test
    void shouldRenderReplayTheSameWhateverTheStepsOfTime() throws IOException {
        assertThat(Files.mismatch(replay("a.wav", 5_000_000, true), replay("b.wav", 1_000_000, true)))
                .isEqualTo(-1);
    }

    @Test
    void shouldDropCueInReplayThatALiveCardWouldHaveGotTooLate() throws IOException, UnsupportedAudioFileException {
        assertThat(Onsets.of(WavReader.read(replay("late.wav", 5_000_000, false))))
                .isEmpty();
    }

    /** Replays 10 s with a cue every 1.03 s, decided 100 ms ahead (on time) or 20 ms ahead (late). */
    private Path replay(String name, long stepNs, boolean onTime) throws IOException {
        Path path = folder.resolve(name);
        Counters counters = new Counters();
        long originNs = 7_000_000_000L;
        try (WavReplay replay = new WavReplay(path, AudioConfig.DEFAULT, originNs, counters)) {
            long cueId = 1;
            for (long sinceNs = 0; sinceNs <= 10_000_000_000L; sinceNs += stepNs) {
                long onsetNs = originNs + cueId * 1_033_333_333L;
                if (onsetNs - originNs - sinceNs <= (onTime ? 100 : 20) * MS) {
                    replay.onCue(CueCommands.schedule(cueId++, onsetNs));
                }
                replay.renderTo(originNs + sinceNs);
            }
            replay.finish(originNs + 10_000_000_000L);
            assertThat(counters.get(onTime ? Counter.CUES_PLAYED : Counter.CUES_LATE))
                    .isEqualTo(9);
            assertThat(replay.worstErrorFrames()).isZero();
        }
        return path;
    }
}
