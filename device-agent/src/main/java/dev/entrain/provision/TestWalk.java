package dev.entrain.provision;

import dev.entrain.agent.LiveAgent;
import dev.entrain.audio.AudioStatistics;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.config.GoalConfig;
import dev.entrain.config.MusicConfig;
import dev.entrain.health.Counter;
import dev.entrain.journal.BootId;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.SessionFacts;
import dev.entrain.journal.sqlite.JournalReader;
import dev.entrain.journal.sqlite.SqliteJournal;
import dev.entrain.outcome.SessionData;
import dev.entrain.realtime.RealTime;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.remote.InForce;
import dev.entrain.telemetry.LineTrial;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.telemetry.TelemetryPort;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole agent for half a minute, with its own state in a folder that is removed afterwards: a technician's steps are no
 * session of a patient and never go to the clinic. The line to the broker is held beside it.
 */
final class TestWalk {
    private static final double LOOK_S = 0.25;
    private static final String CALIBRATIONS = "outputs.json";
    private static final int DEPTH = 4;

    private final AgentConfig config;
    private final Bench bench;

    TestWalk(AgentConfig config, Bench bench) {
        this.config = config;
        this.bench = bench;
    }

    WalkFigures walk(double seconds) throws QuitException, StepException, IOException {
        Path folder = Files.createTempDirectory(bench.stateDir(), "test-walk-");
        try {
            return walk(seconds, folder);
        } catch (ConfigException e) {
            throw new StepException(e, "Correct the configuration, then walk again.");
        } finally {
            remove(folder);
        }
    }

    private WalkFigures walk(double seconds, Path folder)
            throws QuitException, StepException, IOException, ConfigException {
        if (Files.exists(bench.stateDir().resolve(CALIBRATIONS))) {
            Files.copy(bench.stateDir().resolve(CALIBRATIONS), folder.resolve(CALIBRATIONS));
        }
        AgentConfig alone = alone(folder);
        String boot = BootId.read(BootId.KERNEL_FILE);
        ClinicOrders orders = new ClinicOrders(alone, boot, List::of);
        RealTime realTime = new RealTime();
        String granted = realTime.prepare().summary().replaceFirst("^Real time: ", "");
        BrokerWatch broker = new BrokerWatch(boot);
        String card;
        boolean sounds;
        Map<Counter, Long> counts = new EnumMap<>(Counter.class);
        double goneS;
        try (broker;
                LiveAgent agent = new LiveAgent(
                        new InForce(alone, null, 0),
                        orders,
                        bench.version(),
                        folder,
                        NanoClock.SYSTEM,
                        WallClock.SYSTEM,
                        realTime,
                        bench.buses())) {
            agent.start();
            long startNs = NanoClock.SYSTEM.nowNs();
            goneS = 0;
            while (goneS < seconds && !agent.failed()) {
                bench.console()
                        .progress(
                                "Walk: step " + agent.counters().get(Counter.STEPS) + ", beat "
                                        + agent.counters().get(Counter.CUES_PLAYED),
                                goneS / seconds);
                bench.console().pause(Math.min(LOOK_S, seconds - goneS));
                broker.look();
                goneS = (NanoClock.SYSTEM.nowNs() - startNs) * 1e-9;
            }
            bench.console().progress("Walk", 1);
            // Asked while it still plays: afterwards every card is closed.
            card = agent.audio().description();
            sounds = agent.audio().state() == AudioStatistics.State.PLAYING;
            for (Counter counter : Counter.values()) {
                counts.put(counter, agent.counters().get(counter));
            }
            if (agent.failed()) {
                throw new StepException(
                        "The agent failed during the walk: a bug.",
                        "Send the log (journalctl -u entrain-agent) to whoever looks after it.");
            }
        }
        bench.console().say("Reading what was measured.");
        SessionData facts = facts(folder);
        return new WalkFigures(
                goneS,
                new WalkRecording(folder.resolve("recording.csv")).feet(facts),
                counts.getOrDefault(Counter.CUES, 0L),
                counts.getOrDefault(Counter.CUES_PLAYED, 0L),
                counts.getOrDefault(Counter.CUES_LATE, 0L),
                counts.getOrDefault(Counter.UNDERRUNS, 0L),
                card,
                sounds,
                granted,
                config.telemetry().enabled(),
                broker.lost(),
                facts == null ? Double.NaN : WalkRecording.onTheBeat(facts));
    }

    private AgentConfig alone(Path folder) {
        TelemetryConfig line = config.telemetry();
        return new AgentConfig(
                folder,
                config.sensors(),
                config.cue(),
                config.audio(),
                new TelemetryConfig(
                        false,
                        line.broker(),
                        line.unit(),
                        line.timingS(),
                        line.willDelayS(),
                        line.tls(),
                        line.catchUpPerS()),
                config.journal(),
                config.clinic(),
                config.board(),
                MusicConfig.DEFAULT, // Its folder has no songs: a technician's steps are no session.
                GoalConfig.NONE,
                null,
                config.sha256());
    }

    private static @Nullable SessionData facts(Path folder) throws IOException {
        try (JournalReader reader = SqliteJournal.openReadOnly(folder.resolve(SqliteJournal.FILE))) {
            List<KeptSession> sessions = reader.sessions();
            return sessions.isEmpty() ? null : SessionFacts.read(sessions.getFirst(), reader::records);
        }
    }

    /** The line to the broker, tried beside the walk. */
    private final class BrokerWatch implements AutoCloseable {
        private final @Nullable LineTrial line;
        private boolean up;
        private boolean everUp;
        private int lost;

        BrokerWatch(String boot) {
            line = config.telemetry().enabled() ? ClinicStep.trial(config, boot) : null;
        }

        void look() {
            boolean now = line != null && line.link() == TelemetryPort.Link.UP;
            lost += up && !now ? 1 : 0;
            everUp |= now;
            up = now;
        }

        int lost() {
            return everUp ? lost : -1;
        }

        @Override
        public void close() {
            if (line != null) {
                line.close();
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            all = new ArrayList<>(files.toList());
        }
        for (Path file : all.reversed()) {
            Files.deleteIfExists(file);
        }
    }
}
