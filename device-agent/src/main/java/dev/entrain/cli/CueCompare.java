package dev.entrain.cli;

import dev.entrain.cuetest.peer.CardEar;
import dev.entrain.cuetest.peer.Ear;
import dev.entrain.cuetest.peer.HeardTiming;
import dev.entrain.cuetest.peer.Peer;
import dev.entrain.cuetest.peer.PeerJson;
import dev.entrain.cuetest.peer.PeerProcess;
import dev.entrain.cuetest.peer.PeerResult;
import dev.entrain.realtime.RealTime;
import dev.entrain.realtime.RealTimeReport;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code cue-test --compare}: the same schedule through what else can play a beat here, and one table of all. */
final class CueCompare {
    private static final String OURS = "ours";
    private static final double NAP_S = 0.005;

    /** Pairing what was planned with what was heard takes memory by the square of the beats. */
    private static final int MOST_BEATS = 1500;

    private static final long JOIN_MS = 3_000;

    /** The first of the cues that a run of so many seconds holds comes this late, s. */
    static final double FIRST_S = 1;

    @Option(
            names = "--compare",
            description = {
                "Then plays the same schedule through Java Sound, aplay and jack_metro, one after the other, and hears",
                "all of them from outside. Needs the test card: deploy/cue-compare builds it and runs this."
            })
    private boolean compare;

    @Option(names = "--captured", paramLabel = "DIR", description = "Where the test card keeps what it plays.")
    private @Nullable Path captured;

    @Option(
            names = "--captured-rate",
            paramLabel = "HZ",
            defaultValue = "48000",
            description = "The test card's true rate (default: ${DEFAULT-VALUE}).")
    private double capturedRateHz;

    @Option(names = "--compare-json", paramLabel = "FILE", description = "Also writes the comparison there as JSON.")
    private @Nullable Path json;

    private @Nullable Ear ear;
    private long[] plannedNs = {};

    /**
     * Looks whether everything is there, before minutes are spent.
     *
     * @param beats how many will be played
     * @param captures whether a recording is made, too
     * @throws ParameterException if not; the message says what to do
     */
    void check(CommandSpec spec, double beats, boolean captures) {
        OutputFile.check(spec, "--compare-json", json);
        if (!compare) {
            return;
        }
        if (captures) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--capture plays an irregular schedule that the peers of --compare cannot play; run one after the"
                            + " other");
        }
        if (beats > MOST_BEATS) {
            throw new ParameterException(
                    spec.commandLine(), "--compare takes at most " + MOST_BEATS + " beats; lower --seconds or --tempo");
        }
        if (captured == null || !Files.isDirectory(captured) || !(capturedRateHz > 0)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--compare has to hear every participant from outside, and a sound card does not tell what left it"
                            + " (only a loopback recording could, which --compare cannot use yet)."
                            + " Run deploy/cue-compare, which plays on the test card");
        }
        ear = new CardEar(captured, capturedRateHz);
    }

    /** Begins to listen to ours. */
    void listen() throws IOException {
        if (ear != null) {
            ear.listen(OURS);
        }
    }

    /** Ours has played: takes the plan, and waits until the card is closed. */
    void played(long[] planned, Thread audio) {
        plannedNs = planned;
        try {
            audio.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the peers and shows the table, if that was asked for. */
    void run(
            String device,
            RealTimeReport granted,
            double seconds,
            long periodNs,
            boolean stress,
            Ending ending,
            PrintWriter out)
            throws IOException {
        Ear hearing = ear;
        if (hearing == null) {
            return;
        }
        List<PeerResult> results = new ArrayList<>();
        results.add(PeerResult.of(
                "entrain", conditions(granted), HeardTiming.of(plannedNs, hearing.heardNs(OURS), (double) periodNs)));
        Path folder = Files.createTempDirectory("entrain-compare");
        try {
            PeerProcess peers = new PeerProcess(hearing, self(), device, folder, NanoClock.SYSTEM);
            boolean early = false;
            for (boolean normal : new boolean[] {false, true}) {
                for (Peer peer : Peer.values()) {
                    // jackd asks for its own priority.
                    if (!early && (peer.timed() || !normal)) {
                        out.printf("Playing for %d s: %s%n", Math.round(seconds), peer.title());
                        out.flush();
                        results.add(peers.run(peer, normal, seconds, periodNs, stress, () -> ending.await(NAP_S)));
                        early = ending.await(0);
                    }
                }
            }
        } finally {
            clear(folder);
        }
        new PeerTable(results, hearing.describe()).print(out);
        if (json != null) {
            PeerJson.write(results, Files.newBufferedWriter(json));
        }
    }

    static String conditions(RealTimeReport granted) {
        return granted.processPriority() > 0
                ? "FIFO " + granted.processPriority() + "/" + RealTime.RENDER_PRIORITY
                : "normal priority";
    }

    /** Returns the command that runs this program again, in the same virtual machine with the same settings. */
    private static List<String> self() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return command;
    }

    private static void clear(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
