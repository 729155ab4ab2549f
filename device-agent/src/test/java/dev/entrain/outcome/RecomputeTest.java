package dev.entrain.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.entrain.closedloop.ClosedLoop;
import dev.entrain.closedloop.LoopOptions;
import dev.entrain.cue.CueConfig;
import dev.entrain.journal.SessionFiles;
import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.Condition;
import dev.entrain.session.Programme;
import dev.entrain.sim.patient.PatientPresets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every metric of every part, once by {@link SessionSummaries} and once by a second implementation, in Python,
 * that reads the session's files: they agree to the last printed digit.
 */
class RecomputeTest {
    private static final Path SCRIPT = Path.of("src/test/python/session_metrics.py");

    @TempDir
    private Path folder;

    private int sessions;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldAgreeOnAWholeSessionOfAnUnevenWalker(long seed) throws Exception {
        MadeSession session = new MadeSession(seed);
        session.limpS = 0.02 * seed;
        session.missed = 0.01 * seed;
        session.free(Block.Kind.BASELINE, 150).baseline(108.7);
        session.cued(Block.Kind.MATCH, 260, 0.55).free(Block.Kind.REST, 25);
        session.level(2).cued(Block.Kind.PROGRESS, 300, 0.541).level(0).cued(Block.Kind.FADE, 120, 0.552);
        session.free(Block.Kind.RETENTION, 140);

        assertSame(session.data());
        assertThat(SessionSummaries.of(session.data())
                        .part(SessionSummary.Scope.ALL)
                        .metrics())
                .as("what is compared has values")
                .filteredOn(metric -> !metric.sufficient())
                .extracting(Metric::name)
                .containsExactly(MetricName.FREEZE_TO_CUE);
    }

    @Test
    void shouldAgreeOnWhatWasWalkedWithEachSong() throws Exception {
        MadeSession session = new MadeSession(9);
        session.free(Block.Kind.BASELINE, 60).baseline(108.7);
        session.cued(Block.Kind.MATCH, 260, 0.55).free(Block.Kind.REST, 25);
        session.cued(Block.Kind.PROGRESS, 300, 0.541);
        double endS = session.data().blocks().getLast().endS();
        SessionData data = Songs.in(
                session.data(),
                List.of(
                        Songs.song(41, 120.5, Songs.HASH, null),
                        Songs.song(120.5, 290.25, "fedcba9876543210", "Over a rest"),
                        Songs.song(endS - 4, endS + 9, Songs.HASH, null)));

        assertSame(data);
        SessionSummary summary = SessionSummaries.of(data);
        assertThat(summary.songs()).hasSize(3);
        assertThat(summary.songs().get(1).durationS())
                .as("without the rest")
                .isLessThan(169)
                .isGreaterThan(140);
        assertThat(summary.songs().getFirst().metric(MetricName.LOCKED_FRACTION).sufficient())
                .isTrue();
        assertThat(summary.songs().getLast().metric(MetricName.ASYNCHRONY).sufficient())
                .as("too short to tell")
                .isFalse();
        assertThat(data.stepsIn(data.songs().getFirst())).isEqualTo((int) data.steps().stream()
                .filter(step -> step.timeS() >= 41 && step.timeS() < 120.5)
                .count());
    }

    @Test
    void shouldAgreeOnFreezesAndGaps() throws Exception {
        MadeSession session = new MadeSession(4);
        session.missed = 0.02;
        session.free(Block.Kind.BASELINE, 60).baseline(101.123457);
        session.begin(Block.Kind.FREE);
        for (int i = 0; i < 6; i++) {
            session.walkCued(55 + 7 * i, 0.55);
            session.stand(2 + i, i % 2 == 0);
        }
        session.walkCued(40, 0.56);
        session.end(Block.Kind.FREE, 260);

        SessionData data = session.data();
        List<SessionData.Freeze> freezes = new ArrayList<>(data.freezes());
        freezes.set(2, new SessionData.Freeze(250, 251, Double.NaN)); // The unit never told its end.
        List<SessionData.Cue> cues = new ArrayList<>(data.cues());
        cues.add(new SessionData.Cue(
                9999, 250.125, 0.55, Foot.LEFT)); // A beat in a freeze; the wait lies between two digits.
        assertSame(new SessionData(
                data.id(),
                data.programme(),
                data.condition(),
                data.startedUtc(),
                data.baselineSpm(),
                true,
                data.blocks(),
                data.steps(),
                cues.stream()
                        .sorted((a, b) -> Double.compare(a.onsetS(), b.onsetS()))
                        .toList(),
                data.strides(),
                freezes,
                data.events(),
                data.songs()));
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8})
    void shouldAgreeOnAWalkerWhoHardlyKeepsTheBeat(long seed) throws Exception {
        MadeSession session = new MadeSession(seed);
        session.gain = 0.04;
        session.motorS = 0.03;
        session.limpS = 0.09;
        session.cued(Block.Kind.MATCH, 500, 0.55);
        session.timekeeperS = 0.03;
        session.cued(Block.Kind.FREE, 500, 0.6);

        assertSame(session.data());
        assertThat(SessionSummaries.of(session.data())
                        .part(SessionSummary.Scope.ALL)
                        .metric(MetricName.LOCKED_FRACTION)
                        .value())
                .as("some windows are locked and some are not")
                .isBetween(0.1, 0.9);
    }

    @Test
    void shouldAgreeThatThereIsTooLittle() throws Exception {
        assertSame(new MadeSession(5).data());
        assertSame(new MadeSession(5)
                .free(Block.Kind.BASELINE, 11)
                .cued(Block.Kind.MATCH, 19, 0.6)
                .data());
    }

    @ParameterizedTest
    @CsvSource({"stroke, 1", "parkinson-freezing, 2"})
    void shouldAgreeOnASessionOfTheWholeCore(String patient, long seed) throws Exception {
        CueConfig cue = CueConfig.DEFAULT.with(CueConfig.PolicyName.METRONOME);
        Programme programme = new Programme(
                "short",
                "Short",
                Condition.STROKE,
                900,
                3,
                new Programme.Tempo(0, 2, 10, 0, 0),
                new Programme.Freezing(true, -10, 8),
                List.of(
                        new Block.Baseline(60, 30),
                        new Block.Match(100, 60, 0.7, cue),
                        new Block.Rest(15),
                        new Block.Progress(100, 20, cue),
                        new Block.Fade(60, cue),
                        new Block.Retention(60)));
        SessionData data = ClosedLoop.session(PatientPresets.named(patient), programme, LoopOptions.plain(seed))
                .data();

        assertThat(data.steps()).hasSizeGreaterThan(300);
        assertSame(data);
    }

    private void assertSame(SessionData data) throws IOException, InterruptedException {
        Path session = folder.resolve(Integer.toString(sessions++));
        SessionFiles.write(session, data, "");
        List<String> expected = new ArrayList<>();
        for (SessionSummary.Part part : SessionSummaries.of(data).parts()) {
            for (Metric metric : part.metrics()) {
                expected.add(String.join(
                        " ",
                        part.scope().name().toLowerCase(Locale.ROOT),
                        Integer.toString(part.index()),
                        metric.name().label(),
                        metric.text(),
                        Integer.toString(metric.n())));
            }
        }
        assertThat(python(session)).containsExactlyElementsOf(expected);
    }

    private static List<String> python(Path session) throws IOException, InterruptedException {
        Path out = session.resolve("metrics.txt");
        ProcessBuilder builder = new ProcessBuilder("python3", SCRIPT.toString(), session.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return fail("python3 is missing, and the metrics cannot be checked: apt-get install python3", e);
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return fail("session_metrics.py is not done after 60 s");
        }
        List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        return lines;
    }
}
