package dev.entrain.cli;

import dev.entrain.agent.WornSensors;
import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.recording.RecordingWriter;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrain record}. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what a walk's sensors send to DIR/recording.csv, without cues and without a broker.",
            "At its end it tells of each sensor how many readings came and were lost, and how sure their times are."
        })
final class RecordCommand implements Callable<Integer> {
    private static final double ROUND_S = 0.02;
    private static final int ROUNDS_PER_FLUSH = 50;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The unit's configuration.")
    private Path config = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where recording.csv goes.")
    private Path out = Path.of("");

    @Option(
            names = "--seconds",
            converter = Seconds.class,
            paramLabel = "S",
            description = "Ends by itself after so many seconds.")
    private double seconds = Double.POSITIVE_INFINITY;

    @Override
    public Integer call() throws IOException, ConfigException {
        AgentConfig read = AgentConfig.read(config);
        NanoClock clock = NanoClock.SYSTEM;
        long originNs = clock.nowNs();
        Counters counters = new Counters();
        SensorTally tally = new SensorTally(read.sensors());
        try (Ending ending = new Ending();
                RecordingWriter writer =
                        RecordingWriter.start(out, read.telemetry().unit(), originNs, WallClock.SYSTEM);
                WornSensors sensors = new WornSensors(read.sensors(), new Pi4jI2cBuses(), counters, clock)) {
            sensors.start();
            boolean ended = false;
            for (int round = 1; !ended; round++) {
                long nowNs = clock.nowNs();
                drain(sensors, writer, tally, nowNs, originNs);
                tally.look(sensors, (nowNs - originNs) * 1e-9);
                if (round % ROUNDS_PER_FLUSH == 0) {
                    writer.flush();
                }
                double leftS = seconds - (nowNs - originNs) * 1e-9;
                ended = leftS <= 0 || ending.await(Math.min(ROUND_S, leftS));
            }
        }
        PrintWriter to = spec.commandLine().getOut();
        tally.lines().forEach(to::println);
        to.printf(
                Locale.ROOT,
                "%d readings, %d lost, %d queues run over, %d bus faults -> %s%n",
                tally.readings(),
                counters.get(Counter.SAMPLES_LOST),
                counters.get(Counter.QUEUE_OVERRUNS),
                counters.get(Counter.BUS_FAULTS),
                out);
        to.flush();
        return tally.readings() > 0 ? 0 : 1;
    }

    private static void drain(WornSensors sensors, RecordingWriter writer, SensorTally tally, long nowNs, long originNs)
            throws IOException {
        ImuSample sample = sensors.merge().peek(nowNs);
        while (sample != null) {
            sample.roundToGrid(originNs);
            writer.write(sample);
            tally.take(sample);
            sensors.merge().release(sample);
            sample = sensors.merge().peek(nowNs);
        }
    }
}
