package dev.entrain.cli;

import dev.entrain.cuetest.StressLoad;
import dev.entrain.cuetest.peer.JackMetronome;
import dev.entrain.cuetest.peer.Peer;
import dev.entrain.cuetest.peer.PeerPlayer;
import dev.entrain.cuetest.peer.PeerProcess;
import dev.entrain.realtime.RealTime;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code entrain cue-peer}: one peer of {@code cue-test --compare}, in the process that command starts for it. */
@Command(name = "cue-peer", hidden = true, description = "Plays for cue-test --compare.")
final class CuePeerCommand implements Callable<Integer> {
    private static final double NAP_S = 0.005;
    private static final long STRESS_SLACK_S = 30;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "PEER", converter = ById.class, description = "Which.")
    private Peer peer = Peer.JAVA_LINE;

    @Option(names = "--seconds", required = true, converter = Seconds.class, description = "How long to play.")
    private double seconds;

    @Option(names = "--period-ns", required = true, description = "From cue to cue.")
    private long periodNs;

    @Option(names = "--record", required = true, description = "Where a peer that records itself writes.")
    private @Nullable Path record;

    @Option(names = "--stress", description = "Under the load of cue-test --stress.")
    private boolean stress;

    @Option(names = "--normal", description = "Without real-time priority, as most programs run.")
    private boolean normal;

    @Override
    public Integer call() throws IOException {
        if (spec == null || record == null) {
            throw new IllegalStateException("picocli sets both before it calls");
        }
        PrintWriter out = spec.commandLine().getOut();
        RealTime realTime = new RealTime();
        String priority = normal ? "normal priority" : CueCompare.conditions(realTime.prepare());
        try (Ending ending = new Ending();
                @Nullable StressLoad load = stress ? new StressLoad(Math.round(seconds) + STRESS_SLACK_S) : null) {
            if (peer.timed()) {
                int count = (int) Math.max(1, Math.ceil((seconds - CueCompare.FIRST_S) * 1e9 / periodNs));
                new PeerPlayer(peer, realTime::liftRenderThread, NanoClock.SYSTEM)
                        .play(
                                count,
                                periodNs,
                                (opened, firstNs) -> {
                                    out.println(PeerProcess.CONDITIONS + priority + ", " + opened);
                                    out.println(PeerProcess.FIRST + firstNs + " " + count);
                                    out.flush();
                                },
                                () -> ending.await(NAP_S));
            } else {
                int bpm = (int) Math.round(60e9 / periodNs);
                out.println(PeerProcess.CONDITIONS + priority + ", jackd -d dummy, " + bpm + " a minute");
                playJack(record, bpm, ending);
            }
            if (load != null) {
                out.println("load " + load.collections() + " collections, " + load.floodedBytes() + " bytes to disk");
            }
        }
        return 0;
    }

    private void playJack(Path recording, int bpm, Ending ending) throws IOException {
        Path log = Files.createTempFile("entrain-jack", ".txt");
        try (JackMetronome metronome = new JackMetronome(seconds, log, NanoClock.SYSTEM)) {
            metronome.play(bpm, seconds, recording, () -> ending.await(NAP_S));
        } finally {
            Files.deleteIfExists(log);
        }
    }

    /** Reads a peer's short name. */
    private static final class ById implements ITypeConverter<Peer> {
        @Override
        public Peer convert(String text) {
            for (Peer peer : Peer.values()) {
                if (peer.id().equals(text)) {
                    return peer;
                }
            }
            throw new TypeConversionException("'" + text + "' is no peer");
        }
    }
}
