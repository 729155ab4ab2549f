package dev.entrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.wav.WavFile;
import dev.entrain.cuetest.peer.HeardTiming;
import dev.entrain.cuetest.peer.PeerResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CueCompareTest {
    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int entrain(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void shouldSayWhatAComparisonNeeds() {
        assertThat(entrain("cue-test", "--compare")).isEqualTo(2);
        assertThat(err.toString().lines().toList()).hasSize(1);
        assertThat(err.toString()).contains("--compare", "deploy/cue-compare").doesNotContain("Exception");
    }

    @Test
    void shouldRefuseWhatACompareCannotDo() {
        assertThat(entrain("cue-test", "--compare", "--capture", "default")).isEqualTo(2);
        assertThat(err.toString()).contains("--capture", "one after the other");
        assertThat(entrain("cue-test", "--compare", "--seconds", "3600")).isEqualTo(2);
        assertThat(err.toString()).contains("at most 1500 beats");
    }

    @Test
    void shouldRefuseAFolderOfTheCardThatIsNotThere() {
        assertThat(entrain(
                        "cue-test",
                        "--compare",
                        "--captured",
                        dir.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("deploy/cue-compare");
    }

    @Test
    void shouldShowEachPeerAsAMultipleOfOurs() {
        List<PeerResult> results = List.of(
                PeerResult.of("entrain", "FIFO", new HeardTiming(100, 100, 0, -20e3, 5e3, 10e3, 20e3)),
                PeerResult.of("another", "normal", new HeardTiming(100, 98, 3, 5e6, 1e6, 2e6, 30e6)),
                PeerResult.of("better", "free", new HeardTiming(100, 100, 0, Double.NaN, 1e3, 5e3, 5e3)),
                PeerResult.of("mute", "normal", new HeardTiming(100, 0, 0, Double.NaN, 0, 0, 0)),
                PeerResult.missing("absent", "no program here: apt-get install it"));

        new PeerTable(results, "by a test").print(new PrintWriter(out));

        List<String> lines = out.toString().lines().map(String::strip).toList();
        assertThat(lines.get(4)).matches("entrain +100/100 +5.0 us +10.0 us +20.0 us +1.00 +1.00 +-20.0 us +FIFO");
        assertThat(lines.get(5))
                .matches("another +98/100 +1.00 ms +2.00 ms +30.00 ms +200 +1500 +5.00 ms +normal, 3 sounds too many");
        assertThat(lines.get(6)).contains("0.50", "0.25");
        assertThat(lines.get(7)).contains("0/100", "nothing was heard");
        assertThat(lines.get(8)).contains("absent", "not measured: no program here: apt-get install it");
    }

    @Test
    void shouldFailWhereABeatIsMissingInARecording() throws IOException {
        Path recording = dir.resolve("three.wav");
        float[] stereo = new float[2 * 48_000];
        for (int onset = 1_000; onset < 40_000; onset += 15_000) {
            for (int i = 0; i < 1_000; i++) {
                stereo[2 * (onset + i)] = (float) (0.3 * Math.exp(-i / 300.0));
            }
        }
        try (WavFile file = new WavFile(recording, 48_000)) {
            file.write(stereo, 0, 48_000);
        }

        assertThat(entrain("cue-hear", recording.toString(), "--expect", "3")).isZero();
        assertThat(out.toString()).contains("3/3", "15000.00");
        assertThat(entrain("cue-hear", recording.toString(), "--expect", "4")).isEqualTo(1);
    }
}
