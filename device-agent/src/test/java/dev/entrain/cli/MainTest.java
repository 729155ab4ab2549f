package dev.entrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Asks as a newcomer would, rightly and wrongly. */
class MainTest {
    private static final String RECORDING = "t_s,foot,seq,ax_mps2,ay_mps2,az_mps2,gx_radps,gy_radps,gz_radps\n";

    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int entrain(Object... args) {
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] texts = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            texts[i] = args[i].toString();
        }
        return line.execute(texts);
    }

    private void toldInOneLine(String... parts) {
        List<String> lines = err.toString().lines().toList();
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst()).contains(parts).doesNotContain("Exception");
    }

    @Test
    void shouldSimulateAndReplayAWalk() {
        assertThat(entrain("simulate", "--out", dir.resolve("set/walk"), "--seconds", 20, "--scenario", "healthy"))
                .isZero();
        assertThat(entrain("replay", dir.resolve("set/walk/recording.csv"), "--out", dir.resolve("one")))
                .isZero();
        assertThat(dir.resolve("one/events.csv")).exists();
        assertThat(entrain("replay", dir.resolve("set"), "--out", dir.resolve("many")))
                .isZero();
        assertThat(dir.resolve("many/set/walk/events.csv")).hasSameBinaryContentAs(dir.resolve("one/events.csv"));
        assertThat(entrain(
                        "replay",
                        dir.resolve("set/walk/recording.csv"),
                        "--out",
                        dir.resolve("given"),
                        "--programme",
                        "stroke"))
                .isZero();
        assertThat(dir.resolve("given/session.csv")).content().contains("block_started,0,baseline");
        assertThat(out.toString()).contains("8000 samples");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldSayThatARecordingIsMissing() {
        assertThat(entrain("replay", dir.resolve("none.csv"), "--out", dir)).isEqualTo(1);
        toldInOneLine("none.csv", "no such file");
    }

    @Test
    void shouldSayThatAFileIsNoRecording() throws IOException {
        Path file = Files.writeString(dir.resolve("notes.txt"), "bring milk\n");
        assertThat(entrain("replay", file, "--out", dir.resolve("x"))).isEqualTo(1);
        toldInOneLine("notes.txt:1", "not a recording", "bring milk");
    }

    @Test
    void shouldUseATruncatedRecordingAndSayWhereItEnds() throws IOException {
        Path file = Files.writeString(dir.resolve("cut.csv"), RECORDING + "0.01,L,1,0,0,9.8,0,0,0\n0.02,L,2,0,0");
        assertThat(entrain("replay", file, "--out", dir.resolve("x"))).isZero();
        toldInOneLine("cut.csv:3", "middle of a row");
        assertThat(out.toString()).contains("1 samples");
    }

    @Test
    void shouldWriteEverySoundIntoAFileAndTellHowLoudItIs() {
        Path wav = dir.resolve("sounds.wav");
        assertThat(entrain("sounds", "--wav", wav)).isZero();
        assertThat(wav).isNotEmptyFile();
        assertThat(out.toString())
                .contains("wood           left   beat", "swish          right  accent", "battery_low    en     spoken");
        assertThat(entrain("sounds", "--wav", wav, "--timbre", "gong")).isEqualTo(2);
        toldInOneLine("gong", "WOOD, DRUM, CLICK, SWISH");
    }

    @Test
    void shouldSayThatThereIsNoCardToPlaySoundsOn() {
        assertThat(entrain("sounds", "--device", "hw:CARD=None")).isEqualTo(1);
        toldInOneLine("hw:CARD=None", "aplay -L");
    }

    @Test
    void shouldListThePublicDatasetsWithTheirLicences() {
        assertThat(entrain("import", "--list")).isZero();
        assertThat(out.toString())
                .contains("gaitmap", "voisard", "truong", "tripod", "doi.org", "licence   AGPL-3.0", "CC BY-NC-SA");
    }

    @Test
    void shouldSayWhatAnImportNeeds() {
        assertThat(entrain("import", "voisard")).isEqualTo(2);
        toldInOneLine("FORMAT, SOURCE and --out", "--list");
    }

    @Test
    void shouldNameTheFormatsWhenOneIsUnknown() {
        assertThat(entrain("import", "vosard", dir, "--out", dir.resolve("x"))).isEqualTo(2);
        toldInOneLine("vosard", "gaitmap, voisard, truong, tripod, stanford, pyshoe");
    }

    @Test
    void shouldNameAnUnknownConfigurationKey() throws IOException {
        Path file = Files.writeString(dir.resolve("agent.toml"), "[sensor.left]\nport='/dev/x'\nspeed=3\n");
        assertThat(entrain("run", "--config", file)).isEqualTo(2);
        toldInOneLine("unknown key sensor.left.speed", "known here: port, i2c, dialect, baud, rate_hz");
    }

    @Test
    void shouldSayThatAConfigurationIsMissing() {
        assertThat(entrain("run", "--config", dir.resolve("none.toml"))).isEqualTo(2);
        toldInOneLine("none.toml: no such file", "agent.example.toml");
    }

    @Test
    void shouldExplainWrongUseInOneLine() {
        assertThat(entrain("simulate", "--out", dir, "--cadence", 900)).isEqualTo(2);
        toldInOneLine("cadence", "between 20 and 220", "entrain simulate --help");
    }

    @Test
    void shouldExplainAnUnknownOptionInOneLine() {
        assertThat(entrain("replay", "--loud", "x", "--out", dir)).isEqualTo(2);
        toldInOneLine("--loud", "entrain replay --help");
    }

    @Test
    void shouldRefuseAnEmptyRecordingForEmulation() throws IOException {
        Path file = Files.writeString(dir.resolve("empty.csv"), RECORDING);
        assertThat(entrain("insole", file, "--dir", dir.resolve("lines"))).isEqualTo(2);
        toldInOneLine("no samples");
    }

    @Test
    void shouldEmulateTheOneFootARecordingHas() throws IOException {
        Path file = Files.writeString(
                dir.resolve("left.csv"), RECORDING + "0.01,L,1,0,0,9.8,0,0,0\n0.02,L,2,0,0,9.8,0,0,0\n");
        assertThat(entrain("insole", file, "--dir", dir.resolve("lines"))).isZero();
        assertThat(out.toString()).contains("insole-left").doesNotContain("insole-right");
    }

    @Test
    void shouldEmulateAWalkerWhereThereIsNoRecording() throws Exception {
        AtomicInteger status = new AtomicInteger(-1);
        Thread insoles = Thread.ofPlatform().start(() -> status.set(entrain("insole", "--dir", dir.resolve("lines"))));
        for (int i = 0; i < 500 && !Files.exists(dir.resolve("lines/insole-right")); i++) {
            Thread.sleep(20);
        }
        insoles.interrupt();
        insoles.join(Duration.ofSeconds(10));

        assertThat(status).hasValue(0);
        assertThat(out.toString()).contains("insole-left", "insole-right", "readings sent");
    }

    @Test
    void shouldRefuseSecondsThatAreNoLength() {
        assertThat(entrain("simulate", "--out", dir, "--seconds", -5)).isEqualTo(2);
        toldInOneLine("'-5' is no number of seconds over 0");
    }

    @Test
    void shouldSayThatAFolderIsAFile() throws IOException {
        Path file = Files.writeString(dir.resolve("taken"), "");
        assertThat(entrain("simulate", "--out", file)).isEqualTo(1);
        toldInOneLine("taken: is a file; name a folder");
    }

    @Test
    void shouldRefuseAHeadlessDemoWithoutEnd() {
        assertThat(entrain("demo", "--headless")).isEqualTo(2);
        toldInOneLine("--headless needs --seconds");
    }

    private void walks(String... trials) {
        for (int i = 0; i < trials.length; i++) {
            Path folder = dir.resolve("set/simulated").resolve(trials[i]);
            assertThat(entrain("simulate", "--out", folder, "--seconds", 15, "--seed", i + 1))
                    .isZero();
        }
    }

    @Test
    void shouldValidateASetAndLeaveAReport() {
        walks("walk");
        assertThat(entrain(
                        "validate", dir.resolve("set"), "--out", dir.resolve("out"), "--json", dir.resolve("s.json")))
                .isZero();
        assertThat(out.toString()).contains("simulated: 1 recording, 0.2 min", "F1", "next-IC at 150 ms");
        toldInOneLine("report: ", "index.html");
        assertThat(dir.resolve("out/index.html")).exists();
        assertThat(dir.resolve("out/results/simulated/walk/events.csv")).exists();
        assertThat(dir.resolve("s.json")).exists();
    }

    @Test
    void shouldRefuseAFileItCanNotWriteBeforeItStarts() {
        walks("walk");
        out.getBuffer().setLength(0);
        assertThat(entrain("validate", dir.resolve("set"), "--json", dir.resolve("none/s.json")))
                .isEqualTo(2);
        toldInOneLine("--json", "there is no folder", "make it first");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldScoreExistingResultsAsReplayingDoes() throws IOException {
        walks("walk");
        // A folder that was renamed: replay and score go by the names in truth.json.
        Files.move(dir.resolve("set/simulated/walk"), dir.resolve("set/simulated/copied"));
        assertThat(entrain("replay", dir.resolve("set"), "--out", dir.resolve("res")))
                .isZero();
        out.getBuffer().setLength(0);
        assertThat(entrain("validate", "--plain", dir.resolve("set"))).isZero();
        String replayed = out.toString();
        assertThat(replayed).startsWith("simulated IC   ").contains("\n\nsimulated interval at 150 ms");
        out.getBuffer().setLength(0);
        assertThat(entrain("validate", "--plain", dir.resolve("set"), "--results", dir.resolve("res")))
                .isZero();
        assertThat(out.toString()).isEqualTo(replayed);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldScoreTheOtherRecordingsWhenOneIsDamaged() throws IOException {
        walks("bad", "good");
        Files.writeString(dir.resolve("set/simulated/bad/truth.csv"), "t_s,foot,event\nnoon,L,IC\n");
        assertThat(entrain("validate", dir.resolve("set"))).isEqualTo(1);
        toldInOneLine("left out: ", "bad/truth.csv:2", "expected a number");
        assertThat(out.toString()).contains("simulated: 1 recording");
    }

    @Test
    void shouldSayWhichFolderHoldsTheSet() {
        walks("walk");
        assertThat(entrain("validate", dir.resolve("set/simulated"))).isEqualTo(1);
        toldInOneLine("is one data set; name the folder above it, " + dir.resolve("set"));
    }

    @Test
    void shouldRefuseToDrawThousands() {
        assertThat(entrain("validate", dir, "--worst", 1000)).isEqualTo(2);
        toldInOneLine("--worst must be 0 to 100");
    }

    @Test
    void shouldSayThatResultsAreMissing() {
        assertThat(entrain("validate", dir, "--results", dir.resolve("none"))).isEqualTo(2);
        toldInOneLine("none: no such folder", "leave --results out");
    }
}
