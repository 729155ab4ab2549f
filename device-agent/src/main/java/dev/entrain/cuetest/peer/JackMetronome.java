package dev.entrain.cuetest.peer;

import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs jack_metro on a JACK server of its own without a card (jackd -d dummy), and jack_rec beside it. Every process has a
 * time of its own after which it ends even if this one was killed.
 */
public final class JackMetronome implements AutoCloseable {
    private static final long SLACK_S = 20;
    private static final long END_S = 3;
    private static final int LOOKS = 50;
    private static final int REALTIME = 60;

    private final List<Process> started = new ArrayList<>();
    private final String server = "entrain-" + ProcessHandle.current().pid();
    private final NanoClock time;
    private final Path log;
    private final long lifetimeS;

    /**
     * Prepares a run.
     *
     * @param seconds how long it will play, s
     * @param log receives what the programs print
     * @param time CLOCK_MONOTONIC
     */
    public JackMetronome(double seconds, Path log, NanoClock time) {
        this.time = time;
        this.log = log;
        lifetimeS = Math.round(seconds) + SLACK_S;
    }

    /**
     * Plays and records.
     *
     * @param bpm beats per minute, whole as jack_metro takes them
     * @param recording receives the sound, WAV
     * @param napping waits about 5 ms; returns true to end early
     * @throws IOException if a program could not do its part; the message says which
     */
    public void play(int bpm, double seconds, Path recording, BooleanSupplier napping) throws IOException {
        start("jackd", "-n", server, "-R", "-P", String.valueOf(REALTIME), "-d", "dummy", "-r", "48000", "-p", "256");
        if (end(start("jack_wait", "-w", "-t", "5"), napping) != 0) {
            throw new IOException("jackd did not start" + said());
        }
        start("jack_metro", "-b", String.valueOf(bpm), "-n", "metro");
        String port = "metro:" + bpm + "_bpm";
        boolean there = false;
        for (int look = 0; look < LOOKS && !there; look++) {
            end(start("jack_lsp"), napping);
            there = Files.readString(log, StandardCharsets.ISO_8859_1).lines().anyMatch(port::equals);
        }
        if (!there) {
            throw new IOException("jack_metro did not start" + said());
        }
        String length = String.valueOf(Math.max(1, Math.round(seconds)));
        if (end(start("jack_rec", "-f", recording.toString(), "-d", length, "-b", "16", port), napping) != 0) {
            throw new IOException("jack_rec did not record" + said());
        }
    }

    /** Ends what was started, the last first, as clients of a server that is gone leave things behind. */
    @Override
    public void close() {
        for (Process process : started.reversed()) {
            process.destroy();
            try {
                if (!process.waitFor(END_S, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private Process start(String... command) throws IOException {
        List<String> whole = new ArrayList<>(List.of("timeout", "-k", "1", String.valueOf(lifetimeS)));
        whole.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("JACK_DEFAULT_SERVER", server);
        builder.environment().put("JACK_NO_START_SERVER", "1");
        builder.environment().put("JACK_NO_AUDIO_RESERVATION", "1");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private int end(Process process, BooleanSupplier napping) {
        long untilNs = time.nowNs() + TimeUnit.SECONDS.toNanos(lifetimeS + 2);
        while (process.isAlive() && time.nowNs() - untilNs < 0) {
            if (napping.getAsBoolean()) {
                return -1;
            }
        }
        if (process.isAlive()) {
            return -1;
        }
        started.remove(process);
        return process.exitValue();
    }

    private String said() throws IOException {
        List<String> lines =
                Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
        return lines.isEmpty() ? "" : ", saying: " + lines.getLast();
    }
}
