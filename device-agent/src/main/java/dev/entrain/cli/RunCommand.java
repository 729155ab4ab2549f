package dev.entrain.cli;

import dev.entrain.agent.Board;
import dev.entrain.agent.LiveAgent;
import dev.entrain.agent.PowerOff;
import dev.entrain.agent.RecentLines;
import dev.entrain.agent.StatusFile;
import dev.entrain.agent.WalkSeries;
import dev.entrain.agent.WearWatch;
import dev.entrain.bus.I2cBuses;
import dev.entrain.bus.pi4j.Pi4jGpioLines;
import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.identity.IdentityException;
import dev.entrain.identity.TlsFiles;
import dev.entrain.identity.UnitCertificate;
import dev.entrain.journal.BootId;
import dev.entrain.realtime.RealTime;
import dev.entrain.realtime.RealTimeReport;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code entrain run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Walks live: reads the insoles, plays cues, publishes telemetry, until Ctrl-C or SIGTERM.",
            "With a programme in [session] of the configuration the button gives that, session after session.",
            "What is missing - a sensor, the card, the broker - is named once and waited for; the walk goes on without."
        })
final class RunCommand implements Callable<Integer> {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d+){3}|\\[::1]");
    private static final double LOOK_S = 0.5;

    /** The service manager needs some 2 s to come to this process. */
    private static final double POWER_OFF_S = 30;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The unit's configuration; deploy/agent.example.toml explains every key.")
    private Path config = Path.of("");

    @Option(names = "--record", paramLabel = "DIR", description = "Also writes the samples to DIR/recording.csv.")
    private @Nullable Path recordTo;

    @Option(
            names = "--seconds",
            converter = Seconds.class,
            paramLabel = "S",
            description = "Ends by itself after so many seconds.")
    private double seconds = Double.POSITIVE_INFINITY;

    @Override
    public Integer call() throws IOException, ConfigException {
        AgentConfig read = AgentConfig.read(config);
        String bootId = BootId.read(BootId.KERNEL_FILE);
        ClinicOrders orders = new ClinicOrders(read, bootId, RecentLines::ofThisProcess);
        RealTime realTime = new RealTime();
        RealTimeReport granted = realTime.prepare();
        Logger.info(granted.summary());
        granted.missing().forEach(line -> Logger.warn("{}", line));
        tellOfLine(read.telemetry());
        I2cBuses buses = new Pi4jI2cBuses();
        WalkSeries.AgentMaker maker = inForce -> new LiveAgent(
                inForce, orders, Version.number(), recordTo, NanoClock.SYSTEM, WallClock.SYSTEM, realTime, buses);
        try (Ending ending = new Ending();
                Board board = new Board(read.board(), new Pi4jGpioLines(NanoClock.SYSTEM), buses, NanoClock.SYSTEM)) {
            boolean well;
            // A recording is of one walk, so it goes on to the end.
            try (WalkSeries series = new WalkSeries(orders, maker, NanoClock.SYSTEM, recordTo == null);
                    StatusFile status = statusFile(bootId)) {
                double untilS = NanoClock.SYSTEM.nowNs() * 1e-9 + seconds;
                well = walk(series, board, status, ending, untilS);
            }
            if (board.spent()) { // Everything is on the disk and closed by now.
                cutPower(ending);
            }
            // A failed agent ends with an error, so that the service manager starts it afresh.
            return well ? 0 : 1;
        }
    }

    /** Has the machine switched off, and waits for the signal that comes with it, so that nobody starts the agent anew. */
    private static void cutPower(Ending ending) {
        Path status = StatusFile.ofAgent(System.getenv());
        Path folder = status == null ? null : status.getParent();
        if (folder == null) {
            Logger.warn("No service manager runs this agent, so nobody can switch the unit off: do it by hand, now");
        } else if (new PowerOff(folder).ask()) {
            ending.await(POWER_OFF_S);
        }
    }

    /** Returns where the agent's status goes; null without a folder in memory, for a card would wear by it. */
    private static @Nullable StatusFile statusFile(String bootId) {
        Path file = StatusFile.ofAgent(System.getenv());
        return file == null ? null : new StatusFile(file, bootId, NanoClock.SYSTEM);
    }

    /** Names what will be wrong with the line to the clinic before it is; what is wrong already its failures tell. */
    private static void tellOfLine(TelemetryConfig telemetry) {
        TlsFiles tls = telemetry.tls();
        if (tls == null) {
            if (telemetry.enabled()
                    && !LOOPBACK.matcher(telemetry.broker().getHost()).matches()) {
                Logger.warn(
                        "telemetry: {} is not encrypted; whoever is on the way can read and change it. Use ssl:// (entrain"
                                + " identity).",
                        telemetry.broker());
            }
            return;
        }
        try {
            String notice = UnitCertificate.read(tls.certificate()).notice(WallClock.SYSTEM.now());
            if (notice != null) {
                Logger.warn("telemetry: {}", notice);
            }
        } catch (IdentityException e) {
            Logger.trace("telemetry: no certificate yet ({})", e.getMessage());
        }
    }

    /** Returns whether every agent worked. */
    private static boolean walk(
            WalkSeries series, Board board, @Nullable StatusFile status, Ending ending, double untilS)
            throws IOException {
        LiveAgent worn = series.agent();
        WearWatch wear = new WearWatch(worn.status(), line -> Logger.warn("{}", line));
        boolean ended = false;
        boolean well = true;
        while (!ended && well) {
            double leftS = untilS - NanoClock.SYSTEM.nowNs() * 1e-9;
            ended = leftS <= 0 || ending.await(Math.min(LOOK_S, leftS));
            wear.look(NanoClock.SYSTEM.nowNs());
            well = series.look(NanoClock.SYSTEM.nowNs());
            ended |= board.look(series.agent(), NanoClock.SYSTEM.nowNs());
            if (status != null) {
                status.look(series.agent(), NanoClock.SYSTEM.nowNs());
            }
            if (series.agent() != worn) {
                worn = series.agent();
                wear = new WearWatch(worn.status(), line -> Logger.warn("{}", line));
            }
        }
        return well;
    }
}
