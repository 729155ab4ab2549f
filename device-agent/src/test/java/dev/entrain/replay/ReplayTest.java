package dev.entrain.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.AudioConfig;
import dev.entrain.cue.CueConfig;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.session.Block;
import dev.entrain.session.Condition;
import dev.entrain.session.Programme;
import dev.entrain.sim.walk.WalkFolder;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final List<String> LOGS =
            List.of("events.csv", "predictions.csv", "phase.csv", "strides.csv", "cues.csv");
    private static final int WAV_HEADER_BYTES = 44;

    /** Frames a card has been given before they are heard: a buffer and a period. */
    private static final long GIVEN_TO_THE_CARD = 2048 + 256;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    static Path dir;

    @BeforeAll
    static void walk() throws IOException {
        WalkScenario walk = WalkScenario.named("demo");
        WalkFolder.write(dir.resolve("walk"), "simulated", "demo", walk, new WalkOptions(60, 5));
    }

    private static Replay.Summary replay(Path recording, String name) throws IOException {
        Path folder = dir.resolve(name);
        return new Replay(PairTracker::new, CueConfig.DEFAULT, AudioConfig.DEFAULT)
                .run(recording, folder, dir.resolve(name + ".wav"));
    }

    private static List<String> log(String name, String file) throws IOException {
        return Files.readAllLines(dir.resolve(name).resolve(file));
    }

    @Test
    void shouldWriteTheSameBytesEachTime() throws IOException {
        Path recording = dir.resolve("walk/recording.csv");
        Replay.Summary first = replay(recording, "first");
        Replay.Summary second = replay(recording, "second");
        assertThat(first).isEqualTo(second);
        assertThat(first.steps()).isGreaterThan(80);
        assertThat(first.cues()).isGreaterThan(70);
        for (String file : LOGS) {
            assertThat(dir.resolve("second").resolve(file))
                    .hasSameBinaryContentAs(dir.resolve("first").resolve(file));
        }
        assertThat(dir.resolve("second.wav")).hasSameBinaryContentAs(dir.resolve("first.wav"));
    }

    @Test
    void shouldDecideNothingDifferentlyWhenTheRecordingIsCut() throws IOException {
        List<String> rows = Files.readAllLines(dir.resolve("walk/recording.csv"));
        replay(dir.resolve("walk/recording.csv"), "whole");
        for (int keep : new int[] {4_001, 12_345, 20_006}) {
            Path cut = Files.write(dir.resolve("cut.csv"), rows.subList(0, keep));
            replay(cut, "cut");
            for (String file : LOGS) {
                List<String> part = log("cut", file);
                assertThat(part).as(file).isEqualTo(log("whole", file).subList(0, part.size()));
            }
        }
    }

    @Test
    void shouldGiveAProgrammeToARecordingAndWriteTheSameSessionEachTime() throws IOException {
        Programme programme = new Programme(
                "desk",
                "Desk",
                Condition.HEALTHY,
                600,
                3,
                new Programme.Tempo(0, 2, 10, 0, 0),
                new Programme.Freezing(false, -10, 8),
                List.of(new Block.Baseline(15, 10), new Block.Free(20, CueConfig.DEFAULT), new Block.Retention(10)));
        for (String name : List.of("session", "session-again")) {
            new Replay(PairTracker::new, programme, AudioConfig.DEFAULT)
                    .run(dir.resolve("walk/recording.csv"), dir.resolve(name), null);
        }
        for (String file : List.of(SessionLog.FILE, "cues.csv")) {
            assertThat(dir.resolve("session-again").resolve(file))
                    .hasSameBinaryContentAs(dir.resolve("session").resolve(file));
        }
        assertThat(log("session", SessionLog.FILE).stream().map(row -> row.split(",", -1)[1]))
                .containsSubsequence("event", "started", "block_started", "level", "block_ended", "ended");
        assertThat(log("session", SessionLog.FILE).getLast()).endsWith(",completed");
        List<String> cues = log("session", "cues.csv");
        assertThat(cues).hasSizeBetween(20, 60);
        assertThat(Double.parseDouble(cues.get(1).split(",", -1)[0])).isGreaterThan(15);
    }

    @Test
    void shouldSoundEachCueOnItsFrameAndNothingElse() throws IOException {
        replay(dir.resolve("walk/recording.csv"), "sound");
        byte[] wav = Files.readAllBytes(dir.resolve("sound.wav"));
        ByteBuffer frames = ByteBuffer.wrap(wav)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(WAV_HEADER_BYTES)
                .slice();
        List<String[]> cues = log("sound", "cues.csv").stream()
                .skip(1)
                .map(row -> row.split(",", -1))
                .toList();
        boolean[] expected = new boolean[frames.capacity() / 4];
        for (int i = 0; i < cues.size(); i++) {
            long silenceAt = i + 1 < cues.size() && cues.get(i + 1)[3].equals("silence")
                    ? Long.parseLong(cues.get(i + 1)[2]) + GIVEN_TO_THE_CARD
                    : Long.MAX_VALUE;
            long frame = Long.parseLong(cues.get(i)[2]);
            if (cues.get(i)[3].equals("beat") && frame < silenceAt) {
                expected[(int) frame] = true;
            }
        }
        int found = 0;
        boolean sounding = false;
        int quietFrames = 0;
        for (int i = 0; i < expected.length; i++) {
            boolean zero = frames.getInt(4 * i) == 0;
            boolean onset = !zero && !sounding;
            assertThat(onset && !expected[i])
                    .as("sound without a cue at frame %d", i)
                    .isFalse();
            assertThat(expected[i] && zero)
                    .as("no sound for the cue at frame %d", i)
                    .isFalse();
            found += onset ? 1 : 0;
            quietFrames = zero ? quietFrames + 1 : 0;
            // A voice crosses zero while it sounds; 10 ms of zeros end it.
            sounding = !zero || (sounding && quietFrames < 480);
        }
        assertThat(found).isGreaterThan(70);
    }
}
