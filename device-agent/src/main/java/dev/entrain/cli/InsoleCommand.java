package dev.entrain.cli;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.recording.RecordingReader;
import dev.entrain.sim.insole.InsoleEmulator;
import dev.entrain.sim.insole.InsoleOptions;
import dev.entrain.sim.insole.InsoleStatistics;
import dev.entrain.sim.insole.Unplug;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain insole}. */
@Command(
        name = "insole",
        mixinStandardHelpOptions = true,
        description = {
            "Emulates a pair of insoles: plays a recording over two pseudo-terminals in real time, as insoles would send it.",
            "Configure the agent with the two ports it prints. Ends on Ctrl-C, or at the end of the walk."
        })
final class InsoleCommand implements Callable<Integer> {
    private static final long ROUND_MS = 100;
    private static final int SIMULATED_S = 30;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RECORDING",
            arity = "0..1",
            description = "The recording to play, of one foot or both. Default: " + SIMULATED_S
                    + " s of a simulated walk (`entrain simulate` makes others).")
    private @Nullable Path recording;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Where the links insole-left and insole-right go; made if missing. Default: a new temporary folder.")
    private @Nullable Path dir;

    @Option(names = "--loop", description = "Starts over at the end of the walk.")
    private boolean loop;

    @Option(names = "--batch", paramLabel = "MS", description = "Readings of so much time in one frame. Default: 10.")
    private int batchMs = 10;

    @Option(
            names = "--delay",
            paramLabel = "MS",
            description =
                    "Frames wait for the next multiple of this, as a USB-serial chip makes them (16). Default: 0.")
    private int delayMs;

    @Option(names = "--loss", paramLabel = "F", description = "Fraction of frames lost, 0 to 1. Default: 0.")
    private double loss;

    @Option(
            names = "--noise",
            paramLabel = "F",
            description = "Fraction of frames before which random bytes come. Default: 0.")
    private double noise;

    @Option(
            names = "--skew",
            paramLabel = "PPM",
            description = "How fast the insoles' clocks run, -500 to 500. Default: 0.")
    private double skewPpm;

    @Option(
            names = "--start-ticks",
            paramLabel = "N",
            description = "Tick counter at the start (wraps at 2^32). Default: 0.")
    private long startTicks;

    @Option(
            names = "--unplug",
            paramLabel = "FOOT:AT:FOR[:restart]",
            description =
                    "Unplugs a foot (left, right or both) after AT seconds for FOR seconds; with :restart it loses"
                            + " power meanwhile. May be repeated.")
    private List<String> unplugs = new ArrayList<>();

    @Option(
            names = "--battery",
            paramLabel = "PERCENT",
            description = "Charge the insoles report, 0 to 100. Default: " + InsoleOptions.CHARGED_PERCENT + ".")
    private int batteryPercent = InsoleOptions.CHARGED_PERCENT;

    @Option(names = "--seed", paramLabel = "N", description = "Decides everything random. Default: 1.")
    private long seed = 1;

    @Override
    public Integer call() throws IOException {
        List<ImuSample> walk = recording == null ? simulated() : recorded(recording);
        Path folder = dir == null ? Files.createTempDirectory("entrain-insole-") : Files.createDirectories(dir);
        try (Ending ending = new Ending();
                InsoleEmulator insoles = emulator(walk, folder)) {
            insoles.start();
            PrintWriter out = spec.commandLine().getOut();
            for (Foot foot : insoles.feet()) {
                out.printf(
                        "%-5s %s%n",
                        foot.word(), insoles.portOf(foot).toAbsolutePath().normalize());
            }
            out.flush();
            play(insoles, ending);
            InsoleStatistics told = insoles.statistics();
            out.printf(
                    Locale.ROOT,
                    "%d readings sent, %d lost on purpose, %d overrun, %d unheard, %d commands%n",
                    told.samplesSent(),
                    told.samplesLost(),
                    told.samplesOverrun(),
                    told.samplesUnheard(),
                    told.commands());
            out.flush();
        } finally {
            if (dir == null) {
                Files.deleteIfExists(folder);
            }
        }
        return 0;
    }

    private List<ImuSample> recorded(Path file) throws IOException {
        try (RecordingReader reader = new RecordingReader(file)) {
            List<ImuSample> walk = reader.readAll();
            if (reader.truncation() != null) {
                spec.commandLine().getErr().println(reader.truncation());
            }
            return walk;
        }
    }

    private List<ImuSample> simulated() {
        WalkModel model = new WalkModel(WalkScenario.named("demo"), new WalkOptions(SIMULATED_S, seed), TruthSink.NONE);
        List<ImuSample> walk = new ArrayList<>();
        ImuSample next = new ImuSample();
        while (model.next(next)) {
            walk.add(next);
            next = new ImuSample();
        }
        return walk;
    }

    private static void play(InsoleEmulator insoles, Ending ending) {
        boolean ended = false;
        while (!ended) {
            try {
                ended = insoles.join(ROUND_MS * 1_000_000) || ending.await(0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ended = true;
            }
        }
    }

    private InsoleEmulator emulator(List<ImuSample> walk, Path folder) {
        try {
            InsoleOptions options = new InsoleOptions(
                    folder, batchMs, delayMs, loss, noise, skewPpm, startTicks, loop, seed, batteryPercent, unplugs());
            return new InsoleEmulator(walk, options, NanoClock.SYSTEM);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private List<Unplug> unplugs() {
        List<Unplug> list = new ArrayList<>();
        for (String text : unplugs) {
            String[] parts = text.split(":", -1);
            boolean restarts = parts.length == 4 && parts[3].equals("restart");
            if ((parts.length != 3 && !restarts) || !parts[0].matches("left|right|both")) {
                throw new IllegalArgumentException(
                        "--unplug " + text
                                + ": expected left, right or both, then :SECONDS:SECONDS, such as left:10:3 or left:10:3:restart");
            }
            for (Foot foot : Foot.values()) {
                if (parts[0].equals("both") || parts[0].equals(foot.word())) {
                    list.add(new Unplug(foot, seconds(parts[1], text), seconds(parts[2], text), restarts));
                }
            }
        }
        return list;
    }

    private static double seconds(String number, String text) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--unplug " + text + ": \"" + number + "\" is no number of seconds", e);
        }
    }
}
