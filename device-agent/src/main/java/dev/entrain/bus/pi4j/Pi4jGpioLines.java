package dev.entrain.bus.pi4j;

import com.pi4j.library.gpiod.internal.GpioDContext;
import com.pi4j.library.gpiod.internal.GpioDException;
import com.pi4j.library.gpiod.internal.GpioLine;
import com.pi4j.library.gpiod.internal.LineRequestFlag;
import dev.entrain.bus.GpioLines;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The lines of a Raspberry Pi's header through the kernel's GPIO character device, by the libgpiod that Pi4J's gpiod plug-in
 * brings (arm only; the chip whose label contains "pinctrl"). The library is used rather than the plug-in's inputs, because
 * those throw away the time the kernel gives each edge and wake a hundred times a second. Nothing is loaded before the first
 * line is asked for. Thread-safe.
 */
public final class Pi4jGpioLines implements GpioLines {
    private static final String CONSUMER = "entrain";
    private static final int MOST_LINE = 53;
    private static final Path DEVICES = Path.of("/dev");
    private static final Path MODEL = Path.of("/proc/device-tree/model");

    private final NanoClock clock;
    private final List<GpioListening> listening = new ArrayList<>();
    private @Nullable GpioDContext context;

    /**
     * Makes it; nothing is opened yet.
     *
     * @param clock dates an edge whose own time can't be true
     */
    public Pi4jGpioLines(NanoClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void listen(int line, EdgeListener listener) throws IOException {
        GpioLine input = open(line);
        try {
            input.requestBothEdgeEventsFlags(CONSUMER, LineRequestFlag.BIAS_PULL_UP.getVal());
        } catch (GpioDException e) {
            throw refused(line, e);
        }
        listening.add(GpioListening.start(line, input, context().openLineEvent(), listener, clock));
    }

    @Override
    public synchronized Output output(int line) throws IOException {
        GpioLine output = open(line);
        try {
            output.requestOutput(CONSUMER, 0);
        } catch (GpioDException e) {
            throw refused(line, e);
        }
        return new Lamp(line, output);
    }

    @Override
    public synchronized void close() {
        boolean ended = true;
        for (GpioListening each : listening) {
            ended &= each.stop();
        }
        listening.clear();
        if (context != null && ended) { // A thread that still waits inside the library would be left with freed memory.
            context.close();
        }
        context = null;
    }

    private GpioDContext context() throws IOException {
        GpioDContext opened = context;
        if (opened == null) {
            mustBeReachable();
            opened = new GpioDContext();
            try {
                opened.initialize();
            } catch (RuntimeException | LinkageError e) {
                throw new IOException(
                        "The GPIO lines can't be opened (" + e.getMessage()
                                + "). They need a Raspberry Pi whose GPIO chip is labelled pinctrl-...: see `gpiodetect`.",
                        e);
            }
            context = opened;
        }
        return opened;
    }

    /** What would otherwise be a stack trace of the library. */
    private static void mustBeReachable() throws IOException {
        ArmNatives.check("GPIO lines", "leave button and light out of [board] here");
        List<Path> chips = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(DEVICES, "gpiochip*")) {
            found.forEach(chips::add);
        } catch (DirectoryIteratorException e) {
            throw new IOException("/dev can't be listed: " + e.getMessage(), e);
        }
        if (chips.isEmpty()) {
            throw new IOException("There is no /dev/gpiochip*: this board's kernel offers no GPIO lines.");
        }
        for (Path chip : chips) {
            if (!Files.isReadable(chip) || !Files.isWritable(chip)) {
                throw new IOException(
                        "This user may not use " + chip
                                + ": it needs the group that owns it (gpio), which the package's udev rule gives; then log in anew.");
            }
        }
        if (!Files.isReadable(MODEL)) {
            throw new IOException("This board does not say which it is (" + MODEL
                    + " is missing), and the GPIO library works on a Raspberry Pi only.");
        }
    }

    private GpioLine open(int line) throws IOException {
        if (line < 0 || line > MOST_LINE) {
            throw new IOException("GPIO " + line + ": there are lines 0 to " + MOST_LINE + " only");
        }
        try {
            GpioLine opened = context().getOrOpenLine(line);
            if (opened.isRequested()) {
                throw new IOException("GPIO " + line + " has two tasks in [board]; give each its own line");
            }
            return opened;
        } catch (IllegalStateException e) {
            throw new IOException(
                    "GPIO " + line + " can't be used: this is no Raspberry Pi as far as the library knows ("
                            + e.getMessage() + ")",
                    e);
        } catch (GpioDException e) {
            throw refused(line, e);
        }
    }

    private static IOException refused(int line, GpioDException e) {
        return new IOException(
                "GPIO " + line + " can't be taken (" + e.getMessage()
                        + "): the running agent (systemctl stop entrain-agent), another program or a device-tree"
                        + " overlay has it, or this chip has no such line; `gpioinfo` shows who",
                e);
    }

    /** An output. A failure is told once; the next change tries again. */
    private static final class Lamp implements Output {
        private final int number;
        private final GpioLine line;
        private boolean told;

        Lamp(int number, GpioLine line) {
            this.number = number;
            this.line = line;
        }

        @Override
        public synchronized void set(boolean high) {
            try {
                line.setValue(high ? 1 : 0);
            } catch (GpioDException e) {
                if (!told) {
                    told = true;
                    Logger.warn("GPIO {} does not take its level: {}", number, e.getMessage());
                }
            }
        }
    }
}
