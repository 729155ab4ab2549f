package dev.entrain.cli;

import dev.entrain.agent.LiveAgent;
import dev.entrain.agent.RecentLines;
import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.journal.BootId;
import dev.entrain.music.MusicException;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.library.SongScan;
import dev.entrain.music.library.SongShelf;
import dev.entrain.music.library.SongSource;
import dev.entrain.music.loudness.LoudnessMeters;
import dev.entrain.music.tune.DemoMusic;
import dev.entrain.music.tune.DemoPiece;
import dev.entrain.realtime.RealTime;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.sensor.recording.RecordingReader;
import dev.entrain.sim.walk.WalkFolder;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code entrain demo}: everything at once on one machine. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows a whole walk on this machine: emulated insoles, agent, broker, and the clinic with its page. Ends on Ctrl-C.",
            "Research software, not a medical device."
        })
final class DemoCommand implements Callable<Integer> {
    private static final double REFRESH_S = 0.25;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(
            names = "--recording",
            paramLabel = "FILE",
            description = "Walks this recording instead of the walking model.")
    private @Nullable Path recording;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "The model's walker: demo, healthy, stroke, stroke-severe, parkinson, parkinson-freezing,"
                    + " parkinson-akinetic, ms, pauses, slips. Default: demo.")
    private String scenario = "demo";

    @Option(
            names = "--seconds",
            converter = Seconds.class,
            paramLabel = "N",
            description = "Ends by itself after N seconds.")
    private double seconds = Double.POSITIVE_INFINITY;

    @Option(names = "--headless", description = "No live status line; for scripts. Wants --seconds.")
    private boolean headless;

    @Option(names = "--port", paramLabel = "PORT", description = "Port of the page. Default: a free one.")
    private int port;

    @Option(
            names = "--wav",
            paramLabel = "FILE",
            description = "Where the sound goes on a machine without a sound card. Default: a new file in the temporary"
                    + " folder.")
    private @Nullable Path wav;

    @Option(
            names = "--music",
            description = "Plays pieces of our own on the beats; making and listening to them takes a minute at first.")
    private boolean music;

    @Override
    public Integer call() throws IOException, ConfigException {
        if (headless && seconds == Double.POSITIVE_INFINITY) {
            throw new ParameterException(spec.commandLine(), "--headless needs --seconds, or it would never end");
        }
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be 0 (a free one) to 65535, not " + port);
        }
        // Outermost, because a signal's thread ends the virtual machine as soon as this is closed.
        try (Ending ending = new Ending()) {
            Path folder = Files.createTempDirectory("entrain-demo-");
            try {
                return walk(folder, ending);
            } finally {
                remove(folder);
            }
        }
    }

    private int walk(Path folder, Ending ending) throws IOException, ConfigException {
        PrintWriter out = spec.commandLine().getOut();
        Path sound = wav == null ? Files.createTempFile("entrain-demo-", ".wav") : wav;
        Path walked = recording == null ? simulate(folder) : checked(recording);
        Path key = DemoClinic.makeKey(folder, ending);
        DemoBroker ports = DemoBroker.choosePort();
        try (ChildProcess broker = ports.start(folder);
                DemoClinic clinic = DemoClinic.start(folder, ports.tcpPort(), DemoInsoles.UNIT, port);
                ChildProcess insoles = DemoInsoles.start(walked, folder, List.of(), List.of("--loop"))) {
            ports.await(broker, ending);
            DemoInsoles.await(folder, insoles, ending);
            String page = clinic.await(ending);
            if (music) {
                addPieces(folder, out);
            }
            AgentConfig config = AgentConfig.read(DemoInsoles.writeConfig(folder, ports.tcpPort(), sound, key));
            ClinicOrders orders = new ClinicOrders(config, BootId.read(BootId.KERNEL_FILE), RecentLines::ofThisProcess);
            LiveAgent agent = new LiveAgent(
                    orders.begin(),
                    orders,
                    Version.number(),
                    null,
                    NanoClock.SYSTEM,
                    WallClock.SYSTEM,
                    new RealTime(),
                    new Pi4jI2cBuses());
            try (agent) {
                agent.start();
                out.println("Watch the walk at " + page);
                clinic.logIns().forEach(line -> out.println("  log in as " + line));
                out.println("Research software, not a medical device. Ctrl-C ends the demo.");
                out.flush();
                show(agent, out, ending, broker, clinic, insoles);
            }
            DemoSummary summary = new DemoSummary(agent, folder, sound);
            summary.print(out);
            return summary.allFlowed() ? 0 : 1;
        }
    }

    private void show(
            LiveAgent agent,
            PrintWriter out,
            Ending ending,
            ChildProcess broker,
            DemoClinic clinic,
            ChildProcess insoles)
            throws IOException {
        StatusLine line = new StatusLine(agent, NanoClock.SYSTEM);
        SongLine songs = new SongLine();
        long startNs = NanoClock.SYSTEM.nowNs();
        boolean ended = false;
        while (!ended) {
            double leftS = seconds - (NanoClock.SYSTEM.nowNs() - startNs) * 1e-9;
            ended = agent.failed() || leftS <= 0 || ending.await(Math.min(REFRESH_S, leftS));
            if (!ended) {
                broker.check();
                clinic.check();
                insoles.check();
            }
            String song = songs.news(agent.song(), !headless);
            if (song != null) {
                out.println(song);
                out.flush();
            }
            if (!headless) {
                out.print("\r" + line.text());
                out.flush();
            }
        }
        if (!headless) {
            out.println();
        }
    }

    /** Puts our own pieces on the shelf of the demo's unit. */
    private static void addPieces(Path folder, PrintWriter out) throws IOException {
        out.println("Making and adding four pieces of music ...");
        out.flush();
        Path made = folder.resolve("pieces");
        try {
            SongScan scan = new SongScan(new SndFileReaders(), new LoudnessMeters());
            SongShelf shelf = new SongShelf(folder);
            for (DemoPiece piece : DemoPiece.values()) {
                Path file = DemoMusic.write(made, piece, false).place();
                shelf.add(SongSource.in(file).getFirst(), scan, share -> true);
            }
        } catch (MusicException e) {
            out.println("No music: " + e.getMessage());
        }
    }

    private Path simulate(Path folder) throws IOException {
        try {
            WalkScenario walk = WalkScenario.named(scenario);
            WalkFolder.write(folder, "simulated", walk.name(), walk, new WalkOptions(walk.nominalS(), 1));
            return folder.resolve("recording.csv");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Reads the header, so that a wrong file is told before anything starts. */
    private static Path checked(Path file) throws IOException {
        new RecordingReader(file).close();
        return file.toAbsolutePath();
    }

    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
