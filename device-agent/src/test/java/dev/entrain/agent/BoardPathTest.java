package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.cue.Prompt;
import dev.entrain.device.BatteryGauge;
import dev.entrain.device.BatteryPolicy;
import dev.entrain.device.BatteryState;
import dev.entrain.device.BoardConfig;
import dev.entrain.device.LightPattern;
import dev.entrain.device.UnitBattery;
import dev.entrain.health.Counter;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.SessionFacts;
import dev.entrain.journal.sqlite.JournalReader;
import dev.entrain.journal.sqlite.SqliteJournal;
import dev.entrain.outcome.SessionData;
import dev.entrain.realtime.RealTime;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEngine;
import dev.entrain.session.SessionEvent;
import dev.entrain.sim.board.MemoryGauge;
import dev.entrain.sim.board.MemoryLines;
import dev.entrain.sim.insole.InsoleEmulator;
import dev.entrain.sim.insole.InsoleOptions;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Button, light and battery with the whole agent: insoles on pseudo-terminals, GPIO lines and fuel gauge in memory. The walk
 * is in real time, the battery's minutes are leapt over.
 */
class BoardPathTest {
    private static final long S = 1_000_000_000L;
    private static final int BUTTON = 17;
    private static final int LIGHT = 27;
    private static final int MUSIC = 22;
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final String PROGRAMME = """
            format = 1
            name = "board"
            title = "A walk"
            condition = "healthy"
            session_minutes = 5
            sessions_per_week = 3
            [tempo]
            start_pct = 0
            step_pct = 2
            ceiling_pct = 6
            [[block]]
            kind = "baseline"
            minutes = 2
            """;

    @TempDir
    Path dir;

    private final MemoryLines lines = new MemoryLines();
    private final MemoryGauge chip = new MemoryGauge();
    private final UnitBattery battery =
            new UnitBattery(new BatteryGauge(chip, Path.of("/dev/i2c-1"), 5), new BatteryPolicy(5), NanoClock.SYSTEM);
    private final AtomicReference<Instant> day = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    private long aheadNs;

    private long nowNs() {
        return NanoClock.SYSTEM.nowNs() + aheadNs;
    }

    private AgentConfig config(String session) throws Exception {
        Path insoles = Files.createDirectories(dir.resolve("lines"));
        return AgentConfig.read(Files.writeString(dir.resolve("agent.toml"), """
                state_dir = '%s'
                [sensor.left]
                port = '%s'
                [sensor.right]
                port = '%s'
                %s
                [audio]
                output = "wav"
                wav_file = '%s'
                [telemetry]
                enabled = false
                """.formatted(
                        dir.resolve("state"),
                        insoles.resolve("insole-left"),
                        insoles.resolve("insole-right"),
                        session,
                        dir.resolve("cues.wav"))));
    }

    private WalkSeries series(AgentConfig config) throws IOException, ConfigException {
        ClinicOrders orders = new ClinicOrders(config, BOOT, List::of);
        WallClock wall = () -> day.get();
        return new WalkSeries(
                orders,
                inForce -> new LiveAgent(inForce, orders, "test", null, NanoClock.SYSTEM, wall, new RealTime(), chip),
                NanoClock.SYSTEM,
                true,
                () -> {});
    }

    private Board board() {
        return new Board(new BoardConfig(BUTTON, LIGHT, null, 5, MUSIC), lines, chip, NanoClock.SYSTEM);
    }

    private void press() {
        long nowNs = NanoClock.SYSTEM.nowNs();
        lines.drive(BUTTON, false, nowNs);
        lines.drive(BUTTON, true, nowNs + 2_000_000);
        lines.drive(BUTTON, false, nowNs + 4_000_000);
        lines.drive(BUTTON, true, nowNs + 150_000_000);
    }

    /** Lets the gauge be read for a while at a charge, and the board look at it each time. */
    private boolean discharge(Board board, WalkSeries series, double pct, double volts, int looks) throws IOException {
        chip.cell(pct, volts, -9);
        boolean over = false;
        for (int i = 0; i < looks && !over; i++) {
            aheadNs += 5 * S;
            battery.look(nowNs());
            over = look(board, series);
        }
        return over;
    }

    private boolean look(Board board, WalkSeries series) throws IOException {
        assertThat(series.look(NanoClock.SYSTEM.nowNs())).isTrue();
        return board.look(series.agent(), battery.state(), nowNs());
    }

    private static void await(String what, BooleanSupplier there) {
        long endNs = NanoClock.SYSTEM.nowNs() + 20 * S;
        while (!there.getAsBoolean() && endNs - NanoClock.SYSTEM.nowNs() > 0) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(there.getAsBoolean()).as(what).isTrue();
    }

    private static long said(LiveAgent agent, Prompt prompt) {
        SessionStatus session = agent.status().session();
        long count = 0;
        for (long i = 0; i < session.saidCount(); i++) {
            count += session.said(i) == prompt ? 1 : 0;
        }
        return count;
    }

    @Test
    @Timeout(90)
    void shouldBeginAtTheButtonAndSaveTheSessionBeforeTheBatteryIsEmpty() throws Exception {
        Path programme = Files.writeString(dir.resolve("board.toml"), PROGRAMME);
        Path run = Files.createDirectories(dir.resolve("run"));
        PowerOff power = new PowerOff(run);
        try (InsoleEmulator insoles = new InsoleEmulator(
                        LiveAgentTest.walk("stand 1, walk 60", 60),
                        InsoleOptions.in(dir.resolve("lines")),
                        NanoClock.SYSTEM);
                Board board = board()) {
            try (WalkSeries series = series(config("[session]\nprogramme = '" + programme + "'"))) {
                LiveAgent agent = series.agent();
                look(board, series);
                assertThat(board.shows()).isEqualTo(LightPattern.NO_SENSOR);
                insoles.start();
                await("readings of both feet", agent::sensorsFlow);
                discharge(board, series, 60, 3.8, 5);
                assertThat(board.shows()).isEqualTo(LightPattern.READY);
                assertThat(agent.status().battery().percent()).isEqualTo(60);
                press();
                await("a session", () -> agent.status().session().mode() == SessionEngine.Mode.RUNNING);
                look(board, series);
                assertThat(board.shows()).isEqualTo(LightPattern.WALKING);
                await("six steps", () -> agent.counters().get(Counter.STEPS) >= 6);

                // The music button stops nothing.
                lines.drive(MUSIC, false, NanoClock.SYSTEM.nowNs());
                lines.drive(MUSIC, true, NanoClock.SYSTEM.nowNs() + S);
                assertThat(agent.status().session().mode()).isEqualTo(SessionEngine.Mode.RUNNING);

                // One wild reading, then really low: told once; the walk goes on.
                discharge(board, series, 0, 3.2, 1);
                discharge(board, series, 60, 3.8, 2);
                assertThat(agent.status().battery().percent()).isEqualTo(60);
                assertThat(discharge(board, series, 14, 3.6, 20)).isFalse();
                assertThat(board.shows()).isEqualTo(LightPattern.LOW_BATTERY);
                await("the words", () -> said(agent, Prompt.BATTERY_LOW) > 0);
                assertThat(agent.status().session().mode()).isEqualTo(SessionEngine.Mode.RUNNING);

                // Charged in between: nothing ends. Then empty.
                chip.cell(4, 3.5, 30);
                for (int i = 0; i < 20; i++) {
                    aheadNs += 5 * S;
                    battery.look(nowNs());
                }
                assertThat(look(board, series)).isFalse();
                chip.cell(4, 3.4, -9);
                for (int i = 0; i < 10; i++) {
                    aheadNs += 5 * S;
                    battery.look(nowNs());
                }
                assertThat(look(board, series)).isFalse();
                assertThat(board.shows()).isEqualTo(LightPattern.SHUTTING_DOWN);
                await("the session is on the disk", agent::sessionOver);
                aheadNs += 7 * S;
                assertThat(look(board, series)).isTrue();
                assertThat(board.spent()).isTrue();
                assertThat(said(agent, Prompt.FINISHED)).isEqualTo(1);
                // Once when it was low, once when it was empty.
                assertThat(said(agent, Prompt.BATTERY_LOW)).isEqualTo(2);
                assertThat(run).isEmptyDirectory();
            }
            assertThat(power.ask()).isTrue();
            assertThat(power.ask()).isTrue();
            assertThat(run.resolve(PowerOff.NAME)).exists();
        }
        assertThat(lines.closed()).isTrue();
        assertThat(lines.level(LIGHT)).isFalse();
        SessionData data = kept();
        assertThat(data.events().getLast().end()).isEqualTo(SessionEvent.End.RULE);
        assertThat(data.events().getLast().rule()).isEqualTo(SafetyRule.BATTERY);
        assertThat(data.steps()).hasSizeGreaterThanOrEqualTo(6);
    }

    private SessionData kept() throws IOException {
        try (JournalReader journal =
                SqliteJournal.openReadOnly(dir.resolve("state").resolve(SqliteJournal.FILE))) {
            List<KeptSession> sessions = journal.sessions();
            assertThat(sessions).hasSize(1);
            assertThat(sessions.getFirst().ended()).isTrue();
            return SessionFacts.read(sessions.getFirst(), journal::records);
        }
    }

    /** Nothing but the clock's own records may care what day it is. */
    @Test
    @Timeout(60)
    void shouldWalkFromTheFirstMomentWhateverTheClockSaysAndKnowTheDayLater() throws Exception {
        day.set(Instant.EPOCH.plusSeconds(12));
        try (InsoleEmulator insoles = new InsoleEmulator(
                        LiveAgentTest.walk("stand 1, walk 40", 40),
                        InsoleOptions.in(dir.resolve("lines")),
                        NanoClock.SYSTEM);
                Board board = board();
                WalkSeries series = series(config(""))) {
            insoles.start();
            LiveAgent agent = series.agent();
            await("steps before the clock is set", () -> agent.counters().get(Counter.STEPS) >= 4);
            day.set(Instant.parse("2026-11-23T10:00:00Z"));
            long before = agent.counters().get(Counter.STEPS);
            await("steps after it", () -> agent.counters().get(Counter.STEPS) >= before + 4);
            pass(1.5); // The clocks are looked at once a second.
            look(board, series);
            assertThat(agent.failed()).isFalse();
            assertThat(agent.failing()).isEmpty();
        }
        assertThat(clocks().getFirst()).contains("\"utc\":\"1970-01-01T00:00:12");
        assertThat(clocks()).anyMatch(text -> text.contains("\"utc\":\"2026-11-23T10:00"));
        SessionData data = kept();
        assertThat(data.steps()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(data.events().getLast().end()).isEqualTo(SessionEvent.End.PLAIN);
    }

    /** Every clock record of the journal, as it was told. */
    private List<String> clocks() throws IOException {
        List<String> found = new ArrayList<>();
        try (JournalReader journal =
                SqliteJournal.openReadOnly(dir.resolve("state").resolve(SqliteJournal.FILE))) {
            for (JournalReader.Kept kept : journal.after(0, 10_000)) {
                if (kept.kind() == RecordKind.CLOCK) {
                    found.add(new String(kept.body(), StandardCharsets.UTF_8));
                }
            }
        }
        return found;
    }

    private static void pass(double seconds) {
        long endNs = NanoClock.SYSTEM.nowNs() + Math.round(seconds * 1e9);
        await("time passes", () -> endNs - NanoClock.SYSTEM.nowNs() <= 0);
    }

    @Test
    @Timeout(30)
    void shouldDoWithoutWhatCannotBeUsedAndTellTheClinic() throws Exception {
        lines.output(LIGHT);
        try (Board board = board();
                WalkSeries series = series(config(""))) {
            LiveAgent agent = series.agent();
            await("the fault is told", () -> {
                board.look(agent, BatteryState.NOT_READ, nowNs());
                return agent.failing().contains("light");
            });
            assertThat(board.shows()).isNull();
            chip.missing(true);
            await("the missing gauge is told", () -> {
                battery.look(nowNs());
                board.look(agent, battery.state(), nowNs());
                return agent.failing().contains("battery_gauge");
            });
            assertThat(board.spent()).isFalse();
        }
    }
}
