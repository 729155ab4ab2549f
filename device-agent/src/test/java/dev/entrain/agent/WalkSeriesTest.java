package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.config.AgentConfig;
import dev.entrain.cue.Prompt;
import dev.entrain.health.Counter;
import dev.entrain.journal.JournalException;
import dev.entrain.realtime.RealTime;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.remote.InForce;
import dev.entrain.remote.SigningClinic;
import dev.entrain.session.Press;
import dev.entrain.session.SessionEngine;
import dev.entrain.sim.insole.InsoleEmulator;
import dev.entrain.sim.insole.InsoleOptions;
import dev.entrain.telemetry.Inbound;
import dev.entrain.telemetry.Replies;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the clinic orders, through real agents on emulated insoles. */
class WalkSeriesTest {
    private static final long NS_PER_S = 1_000_000_000L;
    private static final String WALK = """
            format = 1
            name = "%s"
            title = "%s"
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

    private final SigningClinic clinic = new SigningClinic();
    private final List<String> said = new ArrayList<>();
    private final List<InForce> made = new ArrayList<>();
    private final Replies replies = (leaf, payload, retained) -> {
        said.add(leaf + " " + new String(payload, StandardCharsets.UTF_8));
        return true;
    };
    private long aheadNs;

    /** The series' clock: the system's, with what the test leaps ahead. */
    private long nowNs() {
        return NanoClock.SYSTEM.nowNs() + aheadNs;
    }

    private AgentConfig config() throws Exception {
        Path programme = Files.writeString(dir.resolve("own.toml"), WALK.formatted("own", "The unit's own"));
        return config("[session]\nprogramme = '" + programme + "'");
    }

    private AgentConfig config(String session) throws Exception {
        Path lines = Files.createDirectories(dir.resolve("lines"));
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
                unit = "%s"
                [clinic]
                public_key = '%s'
                """.formatted(
                        dir.resolve("state"),
                        lines.resolve("insole-left"),
                        lines.resolve("insole-right"),
                        session,
                        dir.resolve("cues.wav"),
                        SigningClinic.UNIT,
                        clinic.publicKey(dir.resolve("clinic.pem")))));
    }

    private LiveAgent make(ClinicOrders orders, InForce inForce) throws IOException {
        made.add(inForce);
        return new LiveAgent(
                inForce, orders, "test", null, NanoClock.SYSTEM, WallClock.SYSTEM, new RealTime(), new Pi4jI2cBuses());
    }

    private static void await(String what, BooleanSupplier there) {
        long endNs = NanoClock.SYSTEM.nowNs() + 20 * NS_PER_S;
        while (!there.getAsBoolean() && endNs - NanoClock.SYSTEM.nowNs() > 0) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(there.getAsBoolean()).as(what).isTrue();
    }

    private void send(ClinicOrders orders, String leaf, byte[] payload) {
        orders.onMessage(leaf, payload, leaf.equals("cmd") ? 30 : Inbound.NEVER, false, replies, nowNs());
    }

    /** Asks, and returns the unit's answer. */
    private String ask(ClinicOrders orders, long id, String command) {
        said.clear();
        send(orders, "cmd", clinic.command(id, command));
        await("an answer", () -> {
            orders.doWork(replies, nowNs());
            return said.stream().anyMatch(line -> line.startsWith("answer"));
        });
        return said.stream()
                .filter(line -> line.startsWith("answer"))
                .findFirst()
                .orElse("");
    }

    private String reported(ClinicOrders orders) {
        said.clear();
        orders.onConnected(replies, nowNs());
        return said.getFirst();
    }

    private static SessionEngine.Mode mode(LiveAgent agent) {
        SessionEngine.Mode mode = agent.status().session().mode();
        return mode == null ? SessionEngine.Mode.ENDED : mode;
    }

    @Test
    @Timeout(120)
    void shouldApplyAPrescriptionOnlyWhenTheSessionIsOverAndGiveItInTheNext() throws Exception {
        ClinicOrders orders = new ClinicOrders(config(), SigningClinic.BOOT, List::of);
        try (InsoleEmulator insoles = new InsoleEmulator(
                        LiveAgentTest.walk("stand 60", 60), InsoleOptions.in(dir.resolve("lines")), NanoClock.SYSTEM);
                WalkSeries series = new WalkSeries(orders, inForce -> make(orders, inForce), NanoClock.SYSTEM, true)) {
            LiveAgent first = series.agent();
            assertThat(ask(orders, 1, "start")).contains("not_worn");
            insoles.start();
            await("both insoles speak", () -> first.counters().get(Counter.LINE_UP) >= 2);
            pass(1.2);
            assertThat(ask(orders, 2, "identify")).contains("\"done\"");
            assertThat(first.status().session().said(0)).isEqualTo(Prompt.HERE_I_AM);
            assertThat(ask(orders, 3, "start")).contains("\"done\"");
            assertThat(mode(first)).isEqualTo(SessionEngine.Mode.RUNNING);

            // In mid-session: it waits, however much time passes.
            send(orders, "rx", clinic.order("rx", 7, WALK.formatted("far", "From afar")));
            assertThat(reported(orders)).contains("\"rev\":7").contains("\"waiting\"");
            aheadNs = 600 * NS_PER_S;
            assertThat(series.look(nowNs())).isTrue();
            assertThat(series.agent()).isSameAs(first);
            assertThat(ask(orders, 4, "identify")).contains("busy");

            assertThat(ask(orders, 5, "stop")).contains("\"done\"");
            assertThat(mode(first)).isEqualTo(SessionEngine.Mode.PAUSED);
            long soundsAfterStop = first.counters().get(Counter.CUES_PLAYED);
            assertThat(ask(orders, 6, "start")).contains("paused");
            series.look(nowNs());
            assertThat(series.agent()).isSameAs(first);

            // The patient ends it; the words are spoken, then the next agent gives the clinic's programme.
            first.button().press(Press.LONG);
            await("the session is over", first::sessionOver);
            series.look(nowNs());
            assertThat(first.counters().get(Counter.CUES_PLAYED)).isEqualTo(soundsAfterStop);
            aheadNs += 11 * NS_PER_S;
            series.look(nowNs());
            assertThat(series.agent()).isNotSameAs(first);
            assertThat(reported(orders)).contains("\"rev\":7").contains("\"applied\"");
            LiveAgent second = series.agent();
            assertThat(second.failed()).isFalse();
            await("both insoles speak again", () -> second.counters().get(Counter.LINE_UP) >= 2);
            pass(1.2);
            second.button().press(Press.SHORT);
            await("it begins", () -> mode(second) == SessionEngine.Mode.RUNNING);
            assertThat(made.getLast().prescription())
                    .isNotNull()
                    .satisfies(given -> assertThat(given.programme().name()).isEqualTo("far"));
            assertThat(made.getLast().config().sha256())
                    .isNotEqualTo(made.getFirst().config().sha256());
            second.button().press(Press.LONG);
        }
    }

    private static void pass(double seconds) {
        long endNs = NanoClock.SYSTEM.nowNs() + Math.round(seconds * 1e9);
        await("time passes", () -> endNs - NanoClock.SYSTEM.nowNs() <= 0);
    }

    @Test
    @Timeout(60)
    void shouldFallBackToWhatWorkedWhereAPrescriptionMakesTheUnitFail() throws Exception {
        ClinicOrders orders = new ClinicOrders(config(), SigningClinic.BOOT, List::of);
        WalkSeries.AgentMaker maker = inForce -> {
            if (inForce.rxRev() == 7) {
                throw new IllegalStateException("a bug that only this programme finds");
            }
            return make(orders, inForce);
        };
        try (WalkSeries series = new WalkSeries(orders, maker, NanoClock.SYSTEM, true)) {
            send(orders, "rx", clinic.order("rx", 7, WALK.formatted("far", "From afar")));
            series.look(nowNs());
            assertThat(made).hasSize(1);
            aheadNs = 11 * NS_PER_S;
            assertThat(series.look(nowNs())).isTrue();
            assertThat(made).hasSize(2);
            assertThat(made.getLast().rxRev()).isZero();
            assertThat(reported(orders)).contains("did_not_start").contains("only this programme finds");
            await("the button works", () -> {
                series.agent().button().press(Press.SHORT);
                return mode(series.agent()) == SessionEngine.Mode.RUNNING;
            });
            assertThat(orders.waiting()).isFalse();
        }
    }

    /** As where a stalled disk still holds the journal of the agent before. */
    @Test
    @Timeout(60)
    void shouldNotBlameThePrescriptionForAJournalThatIsTaken() throws Exception {
        ClinicOrders orders = new ClinicOrders(config(), SigningClinic.BOOT, List::of);
        WalkSeries.AgentMaker maker = inForce -> {
            if (inForce.rxRev() == 7) {
                throw new JournalException("another process has it", new IOException("busy"), true);
            }
            return make(orders, inForce);
        };
        try (WalkSeries series = new WalkSeries(orders, maker, NanoClock.SYSTEM, true)) {
            send(orders, "rx", clinic.order("rx", 7, WALK.formatted("far", "From afar")));
            aheadNs = 11 * NS_PER_S;
            assertThatThrownBy(() -> series.look(nowNs())).isInstanceOf(JournalException.class);
            assertThat(reported(orders)).doesNotContain("did_not_start");
            assertThat(made).hasSize(1);
        }
    }

    /** As after an update that no longer gets on with what the old version ran with. */
    @Test
    @Timeout(60)
    void shouldBeginWithItsOwnFileWhereEvenWhatWorkedMakesItFail() throws Exception {
        ClinicOrders before = new ClinicOrders(config(), SigningClinic.BOOT, List::of);
        before.begin();
        send(before, "rx", clinic.order("rx", 7, WALK.formatted("far", "From afar")));
        before.apply();
        before.proven();
        ClinicOrders orders = new ClinicOrders(config(), SigningClinic.BOOT, List::of);
        WalkSeries.AgentMaker maker = inForce -> {
            if (inForce.rxRev() == 7) {
                throw new IllegalStateException("a bug that only this programme finds");
            }
            return make(orders, inForce);
        };
        try (WalkSeries series = new WalkSeries(orders, maker, NanoClock.SYSTEM, true)) {
            await("it waits for the button", () -> mode(series.agent()) == SessionEngine.Mode.WAITING);
            assertThat(made.getLast().rxRev()).isZero();
            assertThat(reported(orders)).contains("did_not_start").contains("only this programme finds");
        }
    }

    /** A further press would stop what is not stopped. */
    private static void startAtTheButton(LiveAgent agent) {
        agent.button().press(Press.SHORT);
        await("the button takes the silence away", () -> agent.status().silence() == Silence.NONE);
    }

    @Test
    @Timeout(60)
    void shouldStayStoppedUntilTheButtonWhateverTheClinicExchanges() throws Exception {
        ClinicOrders orders = new ClinicOrders(config(""), SigningClinic.BOOT, List::of);
        try (WalkSeries series = new WalkSeries(orders, inForce -> make(orders, inForce), NanoClock.SYSTEM, true)) {
            LiveAgent first = series.agent();
            first.button().press(Press.SHORT);
            await("it is stopped", () -> first.status().silence() == Silence.STOPPED);
            send(orders, "cfg", clinic.order("cfg", 3, "[telemetry]\ntiming_s = 30\n"));
            aheadNs += 61 * NS_PER_S;
            series.look(nowNs());
            LiveAgent second = series.agent();
            assertThat(second).isNotSameAs(first);
            assertThat(second.status().silence()).isEqualTo(Silence.STOPPED);
            startAtTheButton(second);

            // A programme that the clinic withdraws leaves silence behind, too.
            send(orders, "rx", clinic.order("rx", 7, WALK.formatted("far", "From afar")));
            aheadNs += 61 * NS_PER_S;
            series.look(nowNs());
            LiveAgent third = series.agent();
            await("it waits", () -> mode(third) == SessionEngine.Mode.WAITING);
            send(orders, "rx", new byte[0]);
            aheadNs += 61 * NS_PER_S;
            series.look(nowNs());
            assertThat(series.agent()).isNotSameAs(third);
            assertThat(made.getLast().prescription()).isNull();
            assertThat(series.agent().status().silence()).isEqualTo(Silence.STOPPED);
            startAtTheButton(series.agent());
        }
    }
}
