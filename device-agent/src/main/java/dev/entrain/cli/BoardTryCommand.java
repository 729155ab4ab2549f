package dev.entrain.cli;

import dev.entrain.bus.GpioLines;
import dev.entrain.bus.pi4j.Pi4jGpioLines;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.device.BoardConfig;
import dev.entrain.device.GpioButton;
import dev.entrain.device.LightPattern;
import dev.entrain.device.StatusLight;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrain board try}. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        description = {
            "Shows every rhythm of the status light, each for 6 s, and tells each press of the button meanwhile.",
            "Stop the agent first (systemctl stop entrain-agent): a line has one user."
        })
final class BoardTryCommand implements Callable<Integer> {
    private static final double EACH_S = 6;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The unit's configuration.")
    private Path config = Path.of("");

    @Override
    public Integer call() throws IOException, ConfigException {
        BoardConfig board = AgentConfig.read(config).board();
        PrintWriter to = Objects.requireNonNull(spec).commandLine().getOut();
        if (board.buttonLine() == BoardConfig.NONE && board.lightLine() == BoardConfig.NONE) {
            to.println(config + ": [board] names neither button nor light; add button = 17 and light = 27 as wired");
            to.flush();
            return 1;
        }
        AtomicInteger presses = new AtomicInteger();
        try (Ending ending = new Ending();
                GpioLines lines = new Pi4jGpioLines(NanoClock.SYSTEM)) {
            if (board.buttonLine() != BoardConfig.NONE) {
                GpioButton.listen(lines, board.buttonLine(), (down, timeNs) -> {
                    if (down) {
                        presses.incrementAndGet();
                    }
                });
            }
            show(board, lines, presses, ending, to);
        }
        if (board.buttonLine() != BoardConfig.NONE) {
            to.println("The button went down " + presses.get() + " times (bounce counts too).");
        }
        to.flush();
        return board.buttonLine() == BoardConfig.NONE || presses.get() > 0 ? 0 : 1;
    }

    private static void show(BoardConfig board, GpioLines lines, AtomicInteger presses, Ending ending, PrintWriter to)
            throws IOException {
        if (board.lightLine() == BoardConfig.NONE) {
            to.println("Press the button; this ends after " + (int) EACH_S + " s.");
            to.flush();
            ending.await(EACH_S);
            return;
        }
        try (StatusLight light = new StatusLight(lines.output(board.lightLine()), NanoClock.SYSTEM)) {
            light.start();
            boolean ended = false;
            for (LightPattern pattern : LightPattern.values()) {
                if (ended) {
                    return;
                }
                light.show(pattern);
                to.println(pattern.name().toLowerCase(Locale.ROOT) + "  " + pattern.rhythm() + "  (pressed so far: "
                        + presses.get() + ")");
                to.flush();
                ended = ending.await(EACH_S);
            }
        }
    }
}
