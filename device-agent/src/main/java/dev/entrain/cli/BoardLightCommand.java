package dev.entrain.cli;

import dev.entrain.bus.GpioLines;
import dev.entrain.bus.pi4j.Pi4jGpioLines;
import dev.entrain.device.BoardConfig;
import dev.entrain.device.LightPattern;
import dev.entrain.device.StatusLight;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain board light}. */
@Command(
        name = "light",
        mixinStandardHelpOptions = true,
        description =
                "Shows one rhythm of the status light until Ctrl-C or SIGTERM, as a unit does that waits to be set up.")
final class BoardLightCommand implements Callable<Integer> {
    /** Where the handbook's wiring has the light. */
    private static final String HANDBOOK_LINE = "27";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "RHYTHM", description = "One of ${COMPLETION-CANDIDATES}.")
    private LightPattern pattern = LightPattern.PROVISIONING_NEEDED;

    @Option(
            names = "--line",
            defaultValue = HANDBOOK_LINE,
            paramLabel = "N",
            description = "GPIO line of the light, 0 to 53. Default: ${DEFAULT-VALUE}, as the handbook wires it.")
    private int line;

    @Option(
            names = "--seconds",
            converter = Seconds.class,
            paramLabel = "S",
            description = "Ends by itself after so many seconds.")
    private double seconds = Double.POSITIVE_INFINITY;

    @Override
    public Integer call() throws IOException {
        if (spec != null && (line < 0 || line > BoardConfig.MOST_LINE)) {
            throw new ParameterException(
                    spec.commandLine(), "--line " + line + ": expected 0 to " + BoardConfig.MOST_LINE);
        }
        try (Ending ending = new Ending();
                GpioLines lines = new Pi4jGpioLines(NanoClock.SYSTEM);
                StatusLight light = new StatusLight(lines.output(line), NanoClock.SYSTEM)) {
            light.start();
            light.show(pattern);
            ending.await(seconds);
        }
        return 0;
    }
}
