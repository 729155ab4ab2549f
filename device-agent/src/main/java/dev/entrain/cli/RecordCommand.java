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
        description = "Writes what a walk's sensors send to DIR/recording.csv, without cues and without a broker.")
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
        long written = 0;
        try (Ending ending = new Ending();
                RecordingWriter writer =
                        RecordingWriter.start(out, read.telemetry().unit(), originNs, WallClock.SYSTEM);
                WornSensors sensors = new WornSensors(read.sensors(), new Pi4jI2cBuses(), counters, clock)) {
            sensors.start();
            boolean ended = false;
            for (int round = 1; !ended; round++) {
                long nowNs = clock.nowNs();
                written += drain(sensors, writer, nowNs, originNs);
                if (round % ROUNDS_PER_FLUSH == 0) {
                    writer.flush();
                }
                double leftS = seconds - (nowNs - originNs) * 1e-9;
                ended = leftS <= 0 || ending.await(Math.min(ROUND_S, leftS));
            }
        }
        spec.commandLine()
                .getOut()
                .printf(Locale.ROOT, "%d readings, %d lost -> %s%n", written, counters.get(Counter.SAMPLES_LOST), out);
        spec.commandLine().getOut().flush();
        return written > 0 ? 0 : 1;
    }

    private static long drain(WornSensors sensors, RecordingWriter writer, long nowNs, long originNs)
            throws IOException {
        long written = 0;
        ImuSample sample = sensors.merge().peek(nowNs);
        while (sample != null) {
            sample.roundToGrid(originNs);
            writer.write(sample);
            written++;
            sensors.merge().release(sample);
            sample = sensors.merge().peek(nowNs);
        }
        return written;
    }
}
