package dev.entrain.cli;

import dev.entrain.agent.LiveAgent;
import dev.entrain.agent.RecentLines;
import dev.entrain.agent.WalkSeries;
import dev.entrain.agent.WearWatch;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.journal.BootId;
import dev.entrain.realtime.RealTime;
import dev.entrain.realtime.RealTimeReport;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
    private static final double LOOK_S = 0.5;

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
        ClinicOrders orders = new ClinicOrders(read, BootId.read(BootId.KERNEL_FILE), RecentLines::ofThisProcess);
        RealTime realTime = new RealTime();
        RealTimeReport granted = realTime.prepare();
        Logger.info(granted.summary());
        granted.missing().forEach(line -> Logger.warn("{}", line));
        WalkSeries.AgentMaker maker = inForce -> new LiveAgent(
                inForce, orders, Version.number(), recordTo, NanoClock.SYSTEM, WallClock.SYSTEM, realTime);
        try (Ending ending = new Ending();
                // A recording is of one walk, so it goes on to the end.
                WalkSeries series = new WalkSeries(orders, maker, NanoClock.SYSTEM, recordTo == null)) {
            double untilS = NanoClock.SYSTEM.nowNs() * 1e-9 + seconds;
            // A failed agent ends with an error, so that the service manager starts it afresh.
            return walk(series, ending, untilS) ? 0 : 1;
        }
    }

    /** Returns whether every agent worked. */
    private static boolean walk(WalkSeries series, Ending ending, double untilS) throws IOException {
        LiveAgent worn = series.agent();
        WearWatch wear = new WearWatch(worn.status(), line -> Logger.warn("{}", line));
        boolean ended = false;
        boolean well = true;
        while (!ended && well) {
            double leftS = untilS - NanoClock.SYSTEM.nowNs() * 1e-9;
            ended = leftS <= 0 || ending.await(Math.min(LOOK_S, leftS));
            wear.look(NanoClock.SYSTEM.nowNs());
            well = series.look(NanoClock.SYSTEM.nowNs());
            if (series.agent() != worn) {
                worn = series.agent();
                wear = new WearWatch(worn.status(), line -> Logger.warn("{}", line));
            }
        }
        return well;
    }
}
