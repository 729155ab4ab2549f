package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.Language;
import dev.entrain.audio.SpokenWords;
import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.Prescription;
import dev.entrain.config.ProgrammeFile;
import dev.entrain.cue.Prompt;
import dev.entrain.health.Counter;
import dev.entrain.journal.KeptHeader;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.SessionFacts;
import dev.entrain.journal.sqlite.JournalReader;
import dev.entrain.journal.sqlite.SqliteJournal;
import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummaries;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.realtime.RealTime;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.remote.InForce;
import dev.entrain.session.Block;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEngine;
import dev.entrain.session.SessionEvent;
import dev.entrain.sim.insole.InsoleEmulator;
import dev.entrain.sim.insole.InsoleOptions;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The patient's path as deploy/handbook/patient.md tells it, step by step, with the whole agent: insoles on
 * pseudo-terminals, threads, a paced file for a card, edges of a button. In real time.
 */
class PatientPathTest {
    private static final int RATE_HZ = 48_000;
    private static final int WAV_HEADER_BYTES = 44;
    private static final long NS_PER_MS = 1_000_000L;

    private static final String PROGRAMME = """
            format = 1
            name = "path"
            title = "The patient's path"
            condition = "healthy"
            session_minutes = 10
            sessions_per_week = 3
            [tempo]
            start_pct = 0
            step_pct = 2
            ceiling_pct = 4
            [freezing]
            cue = false
            [[block]]
            kind = "baseline"
            seconds = 12
            min_strides = 10
            [[block]]
            kind = "match"
            seconds = 20
            min_seconds = 20
            locked_share = 1
            [block.cue]
            policy = "metronome"
            [[block]]
            kind = "retention"
            seconds = 10
            """;

    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";

    @TempDir
    Path dir;

    private LiveAgent agent(String wav) throws Exception {
        Path lines = dir.resolve("lines");
        AgentConfig config = AgentConfig.read(Files.writeString(dir.resolve("agent.toml"), """
                state_dir = '%s'
                [sensor.left]
                port = '%s'
                [sensor.right]
                port = '%s'
                [audio]
                output = "wav"
                wav_file = '%s'
                [telemetry]
                enabled = false
                """.formatted(
                dir.resolve("state"), lines.resolve("insole-left"), lines.resolve("insole-right"), dir.resolve(wav))));
        Prescription prescription = new Prescription(ProgrammeFile.of("test", PROGRAMME), PROGRAMME);
        return new LiveAgent(
                new InForce(config, prescription, 0),
                new ClinicOrders(config, BOOT, List::of),
                "test",
                null,
                NanoClock.SYSTEM,
                WallClock.SYSTEM,
                new RealTime(),
                new Pi4jI2cBuses());
    }

    /** Presses and lets go as a finger does. */
    private static void press(LiveAgent agent) {
        long nowNs = NanoClock.SYSTEM.nowNs();
        agent.button().edge(true, nowNs);
        agent.button().edge(false, nowNs + 3 * NS_PER_MS);
        agent.button().edge(true, nowNs + 5 * NS_PER_MS);
        agent.button().edge(false, nowNs + 120 * NS_PER_MS);
    }

    private static void await(String what, double atMostS, BooleanSupplier there) {
        long endNs = NanoClock.SYSTEM.nowNs() + Math.round(atMostS * 1e9);
        while (!there.getAsBoolean() && endNs - NanoClock.SYSTEM.nowNs() > 0) {
            LockSupport.parkNanos(10 * NS_PER_MS);
        }
        assertThat(there.getAsBoolean()).as(what).isTrue();
    }

    private static void pass(double seconds) {
        long endNs = NanoClock.SYSTEM.nowNs() + Math.round(seconds * 1e9);
        await("time passes", seconds + 5, () -> endNs - NanoClock.SYSTEM.nowNs() <= 0);
    }

    private static boolean in(LiveAgent agent, SessionEngine.Mode mode, Block.Kind block) {
        SessionStatus session = agent.status().session();
        return session.mode() == mode && session.block() == block;
    }

    @Test
    @Timeout(120)
    void shouldTakeThePatientThroughTheHandbooksPath() throws Exception {
        Files.createDirectories(dir.resolve("lines"));
        try (InsoleEmulator insoles = new InsoleEmulator(
                LiveAgentTest.walk("stand 2, walk 98", 100),
                InsoleOptions.in(dir.resolve("lines")),
                NanoClock.SYSTEM)) {
            insoles.start();
            firstHalf();
            secondHalf();
        }
        float[] heard = left("first.wav");
        int stop = whereSaid(heard, Prompt.PAUSED);
        assertThat(whereSaid(Arrays.copyOf(heard, stop), Prompt.WALK_AS_USUAL)).isLessThan(stop);
        // "Paused" is said as soon as the beats are silent; from its end until the patient goes on there is nothing at
        // all.
        int silent = stop + words(Prompt.PAUSED).length + RATE_HZ / 100;
        int goOn = firstSound(heard, silent);
        assertThat(goOn - silent).isGreaterThan(RATE_HZ);
        assertThat(whereSaid(Arrays.copyOfRange(heard, goOn - RATE_HZ / 10, goOn + RATE_HZ), Prompt.WALK))
                .isBetween(0, RATE_HZ / 5);
        float[] rest = left("second.wav");
        assertThat(whereSaid(rest, Prompt.FINISHED)).isPositive();
        kept();
    }

    /** Start, baseline, beats, stop, go on; then the power goes. */
    private void firstHalf() throws Exception {
        try (LiveAgent agent = agent("first.wav")) {
            agent.start();
            await("both insoles speak", 20, () -> agent.counters().get(Counter.LINE_UP) >= 2);
            pass(1);
            assertThat(agent.status().session().mode()).isEqualTo(SessionEngine.Mode.WAITING);
            press(agent);
            await("a walk as usual", 5, () -> in(agent, SessionEngine.Mode.RUNNING, Block.Kind.BASELINE));
            assertThat(agent.counters().get(Counter.CUES_PLAYED)).isZero();
            await("beats to step with", 30, () -> in(agent, SessionEngine.Mode.RUNNING, Block.Kind.MATCH));
            await("eight beats", 12, () -> agent.counters().get(Counter.CUES_PLAYED) >= 8);
            press(agent);
            await("silence", 1, () -> in(agent, SessionEngine.Mode.PAUSED, Block.Kind.MATCH));
            long played = agent.counters().get(Counter.CUES_PLAYED);
            pass(4);
            assertThat(agent.counters().get(Counter.CUES_PLAYED) - played)
                    .as("what the file was given and cannot take back")
                    .isLessThanOrEqualTo(1);
            press(agent);
            await("beats again", 10, () -> agent.counters().get(Counter.CUES_PLAYED) >= played + 3);
        }
    }

    /** The unit is on again: paused, until the button. */
    private void secondHalf() throws Exception {
        try (LiveAgent agent = agent("second.wav")) {
            agent.start();
            await("it knows where it was", 5, () -> in(agent, SessionEngine.Mode.PAUSED, Block.Kind.MATCH));
            pass(3);
            assertThat(agent.counters().get(Counter.CUES_PLAYED)).isZero();
            press(agent);
            await("beats again", 12, () -> agent.counters().get(Counter.CUES_PLAYED) >= 3);
            await("a walk as usual", 30, () -> in(agent, SessionEngine.Mode.RUNNING, Block.Kind.RETENTION));
            await("the end", 20, agent::sessionOver);
            pass(2.5);
        }
    }

    private void kept() throws Exception {
        SessionData data;
        try (JournalReader journal =
                SqliteJournal.openReadOnly(dir.resolve("state").resolve(SqliteJournal.FILE))) {
            List<KeptSession> sessions = journal.sessions();
            assertThat(sessions).hasSize(1);
            assertThat(sessions.getFirst().ended()).isTrue();
            assertThat(sessions.getFirst().stateJson()).isNull();
            assertThat(KeptHeader.read(sessions.getFirst()).simulated()).isTrue();
            assertThat(KeptHeader.read(sessions.getFirst()).plan().programmeToml())
                    .isEqualTo(PROGRAMME);
            data = SessionFacts.read(sessions.getFirst(), journal::records);
        }
        assertThat(data.blocks())
                .extracting(SessionData.BlockSpan::kind)
                .containsExactly(
                        Block.Kind.BASELINE,
                        Block.Kind.MATCH,
                        Block.Kind.MATCH,
                        Block.Kind.MATCH,
                        Block.Kind.RETENTION);
        assertThat(data.events().getLast().end()).isEqualTo(SessionEvent.End.COMPLETED);
        assertThat(data.events()).anyMatch(event -> event.rule() == SafetyRule.BUTTON);
        assertThat(data.baselineSpm()).isBetween(100.0, 125.0);
        assertThat(data.steps()).isSortedAccordingTo((a, b) -> Double.compare(a.timeS(), b.timeS()));
        double silentS = Double.NaN;
        for (SessionData.Event event : data.events()) {
            if (event.kind() == SessionEvent.Kind.PAUSED) {
                silentS = event.timeS();
            } else if (event.kind() == SessionEvent.Kind.RESUMED) {
                double fromS = silentS;
                assertThat(data.cues()).noneMatch(cue -> cue.onsetS() > fromS && cue.onsetS() < event.timeS());
            }
        }
        SessionSummary summary = SessionSummaries.of(data);
        assertThat(summary.end()).isEqualTo(SessionEvent.End.COMPLETED);
        SessionSummary.Part all = summary.parts().getFirst();
        assertThat(all.scope()).isEqualTo(SessionSummary.Scope.ALL);
        assertThat(all.metric(MetricName.CADENCE).value()).isBetween(100.0, 125.0);
    }

    private static float[] words(Prompt prompt) {
        return SpokenWords.of(Language.EN, prompt, RATE_HZ);
    }

    private static int whereSaid(float[] heard, Prompt prompt) {
        SpokenWords.Found found = SpokenWords.find(heard, words(prompt));
        assertThat(found.correlation()).as("%s in the sound", prompt).isGreaterThan(0.5);
        return found.frame();
    }

    private static int firstSound(float[] heard, int from) {
        int at = from;
        while (at < heard.length && heard[at] == 0) {
            at++;
        }
        return at;
    }

    /** The left channel of what was heard. */
    private float[] left(String wav) throws Exception {
        ByteBuffer frames = ByteBuffer.wrap(Files.readAllBytes(dir.resolve(wav)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(WAV_HEADER_BYTES);
        float[] left = new float[frames.remaining() / 4];
        for (int i = 0; i < left.length; i++) {
            left[i] = frames.getShort() / (float) Short.MAX_VALUE;
            frames.getShort();
        }
        return Objects.requireNonNull(left);
    }
}
