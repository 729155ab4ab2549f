package dev.entrain.cli;

import dev.entrain.agent.LiveAgent;
import dev.entrain.agent.WearWatch;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.config.Prescription;
import dev.entrain.realtime.RealTime;
import dev.entrain.realtime.RealTimeReport;
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

    /** The last words are spoken before the sound ends, s. */
    private static final double AFTER_SESSION_S = 10;

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
        String programme = read.programme();
        Prescription given = programme == null ? null : Prescription.of(programme);
        RealTime realTime = new RealTime();
        RealTimeReport granted = realTime.prepare();
        Logger.info(granted.summary());
        granted.missing().forEach(line -> Logger.warn("{}", line));
        try (Ending ending = new Ending()) {
            double untilS = NanoClock.SYSTEM.nowNs() * 1e-9 + seconds;
            boolean again = true;
            boolean failed = false;
            while (again) { // Once for each session; the button begins the next one.
                try (LiveAgent agent = new LiveAgent(
                        read, Version.number(), given, recordTo, NanoClock.SYSTEM, WallClock.SYSTEM, realTime)) {
                    agent.start();
                    again = walk(agent, ending, untilS);
                    failed = agent.failed();
                }
            }
            // A failed agent ends with an error, so that the service manager starts it afresh.
            return failed ? 1 : 0;
        }
    }

    /** Returns whether to make the unit ready for another session. */
    private boolean walk(LiveAgent agent, Ending ending, double untilS) {
        WearWatch wear = new WearWatch(agent.status(), line -> Logger.warn("{}", line));
        double afterS = 0;
        boolean ended = false;
        while (!ended && !agent.failed() && afterS < AFTER_SESSION_S) {
            double leftS = untilS - NanoClock.SYSTEM.nowNs() * 1e-9;
            ended = leftS <= 0 || ending.await(Math.min(LOOK_S, leftS));
            wear.look(NanoClock.SYSTEM.nowNs());
            // A recording is of one walk, so it goes on to the end.
            afterS += agent.sessionOver() && recordTo == null ? LOOK_S : 0;
        }
        return !ended && !agent.failed();
    }
}
