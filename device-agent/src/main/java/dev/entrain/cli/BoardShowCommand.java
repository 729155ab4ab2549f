package dev.entrain.cli;

import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.device.BatteryGauge;
import dev.entrain.device.BatteryReading;
import dev.entrain.device.BoardConfig;
import dev.entrain.device.BoardFacts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrain board show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows which board this is, what is wired, and what the battery's fuel gauge says.")
final class BoardShowCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "The unit's configuration, for its [board].")
    private @Nullable Path config;

    @Override
    public Integer call() throws ConfigException {
        PrintWriter to = Objects.requireNonNull(spec).commandLine().getOut();
        BoardFacts facts = BoardFacts.read(Path.of("/"));
        to.println("Board    " + Objects.requireNonNullElse(facts.model(), "does not say (no device tree)"));
        to.println("System   " + Objects.requireNonNullElse(facts.os(), "does not say") + ", kernel " + facts.kernel()
                + ", " + facts.machine());
        to.println("Java     " + facts.java());
        boolean well = config == null || show(AgentConfig.read(config).board(), to);
        to.flush();
        return well ? 0 : 1;
    }

    private static boolean show(BoardConfig board, PrintWriter to) {
        to.println("Button   " + line(board.buttonLine()));
        to.println("Light    " + line(board.lightLine()));
        Path bus = board.batteryBus();
        if (bus == null) {
            to.println("Battery  no fuel gauge");
            return true;
        }
        try (BatteryGauge gauge = new BatteryGauge(new Pi4jI2cBuses(), bus, board.shutdownPct())) {
            BatteryReading reading = gauge.read();
            to.println(
                    reading == null
                            ? "Battery  " + gauge.trouble()
                            : String.format(
                                    Locale.ROOT,
                                    "Battery  %.0f %%, %.2f V, %+.1f %% an hour; the unit switches itself off at %d %%",
                                    reading.chargePct(),
                                    reading.volts(),
                                    reading.ratePctPerHour(),
                                    board.shutdownPct()));
            return reading != null;
        }
    }

    private static String line(int number) {
        return number == BoardConfig.NONE ? "none" : "GPIO " + number;
    }
}
