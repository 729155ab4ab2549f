package dev.entrain.check;

import dev.entrain.agent.RunningAgent;
import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.alsa.AlsaOpener;
import dev.entrain.bus.I2cBuses;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.device.BoardConfig;
import dev.entrain.realtime.KernelClock;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything a technician would ask of a unit, at once and within {@value #MOST_S} s. Used by one thread. */
public final class UnitExamination {
    /** Longest time, s. */
    public static final int MOST_S = 9;

    private final Path configFile;
    private final Path statusFile;
    private final String bootId;
    private final String version;
    private final SystemFiles files;
    private final Programs programs;
    private final I2cBuses buses;
    private final NanoClock clock;
    private final WallClock wall;

    /**
     * What was found.
     *
     * @param version of the program that looked
     * @param made when, as far as the unit knows the time
     * @param seconds it took
     * @param findings in a steady order, those of one area together
     * @param config of the unit; null if it can't be read
     * @param agent that runs; null if none does
     */
    public record Result(
            String version,
            Instant made,
            double seconds,
            List<Finding> findings,
            @Nullable AgentConfig config,
            @Nullable RunningAgent agent) {
        /** Copies the findings. */
        public Result {
            findings = List.copyOf(findings);
        }

        /** Returns the worst verdict; what was not looked at counts as good. */
        public Verdict worst() {
            return findings.stream().map(Finding::verdict).anyMatch(verdict -> verdict == Verdict.FAIL)
                    ? Verdict.FAIL
                    : findings.stream().map(Finding::verdict).anyMatch(verdict -> verdict == Verdict.WARN)
                            ? Verdict.WARN
                            : Verdict.OK;
        }
    }

    /**
     * Prepares one; nothing is touched yet.
     *
     * @param configFile the unit's configuration
     * @param statusFile where a running agent writes its status
     * @param bootId of this start of the machine
     * @param version of this build
     */
    public UnitExamination(
            Path configFile,
            Path statusFile,
            String bootId,
            String version,
            SystemFiles files,
            Programs programs,
            I2cBuses buses,
            NanoClock clock,
            WallClock wall) {
        this.configFile = configFile;
        this.statusFile = statusFile;
        this.bootId = bootId;
        this.version = version;
        this.files = files;
        this.programs = programs;
        this.buses = buses;
        this.clock = clock;
        this.wall = wall;
    }

    /** Looks at everything. */
    public Result look() {
        long startNs = clock.nowNs();
        RunningAgent agent = null;
        String unreadable = "";
        try {
            agent = RunningAgent.find(statusFile, bootId, startNs);
        } catch (IOException e) {
            unreadable = String.valueOf(e.getMessage());
        }
        AgentConfig config = config();
        List<Check> checks = checks(agent, unreadable, ServiceState.ask(programs), config);
        Duration left = Duration.ofSeconds(MOST_S).minusNanos(clock.nowNs() - startNs);
        List<Finding> findings = CheckRound.look(checks, left, clock);
        return new Result(version, wall.now(), (clock.nowNs() - startNs) * 1e-9, findings, config, agent);
    }

    private List<Check> checks(
            @Nullable RunningAgent agent, String unreadable, ServiceState service, @Nullable AgentConfig config) {
        List<Check> checks = new ArrayList<>();
        checks.add(new AgentCheck(agent, unreadable, service));
        checks.add(new ConfigurationCheck(
                configFile,
                agent == null
                        ? null
                        : agent.status().path("agent").path("config_sha256").asText()));
        if (config != null) {
            AudioConfig audio = config.audio();
            checks.add(agent == null ? SensorCheck.opening(config.sensors(), buses, clock) : SensorCheck.of(agent));
            checks.add(
                    agent == null
                            ? SoundCheck.opening(audio, config.stateDir(), new AlsaOpener(audio.device(), clock), clock)
                            : SoundCheck.of(audio, config.stateDir(), agent));
            if (audio.output() != AudioConfig.Output.WAV) {
                checks.add(new MixerCheck(audio.device(), programs));
            }
            checks.add(new MusicCheck(config.stateDir()));
        }
        checks.add(new RealTimeCheck(agent, service, files));
        checks.add(new PowerCheck(agent, config == null ? BoardConfig.BARE : config.board(), buses, files));
        if (config != null) {
            TelemetryConfig telemetry = config.telemetry();
            checks.add(new DiskCheck(config.stateDir(), config.journal(), service.user(), files));
            checks.add(new JournalCheck(config.stateDir(), config.journal(), telemetry.enabled(), agent));
            checks.add(new BrokerCheck(telemetry, wall, agent));
            checks.add(new CertificateCheck(telemetry, wall));
        }
        checks.add(new ClockCheck(() -> new KernelClock().errorS(), wall, files));
        checks.add(new VersionCheck(version, agent, files));
        return checks;
    }

    /** Why it can't be read its own check tells. */
    private @Nullable AgentConfig config() {
        try {
            return AgentConfig.read(configFile);
        } catch (ConfigException e) {
            return null;
        }
    }
}
