package dev.entrain.cuetest.peer;

import dev.entrain.time.NanoClock;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs peers one after the other, each in a process of its own, on one device, and hears them from outside. */
public final class PeerProcess {
    /** Start of the virtual machine, first cue, tail. */
    private static final long SLACK_S = 40;

    private static final long END_S = 5;

    /** A line of the child: priority and what it opened. */
    public static final String CONDITIONS = "conditions ";

    /** A line of the child: moment of the first cue, ns, and how many cues follow each other. */
    public static final String FIRST = "first ";

    private final Ear ear;
    private final List<String> self;
    private final String device;
    private final Path folder;
    private final NanoClock time;

    /**
     * Prepares.
     *
     * @param ear hears them
     * @param self program and arguments that run the hidden subcommand cue-peer
     * @param device the ALSA device ours plays on; peers find it under the name default
     * @param folder of this run, for what the peers print and record
     * @param time CLOCK_MONOTONIC
     */
    public PeerProcess(Ear ear, List<String> self, String device, Path folder, NanoClock time) {
        this.ear = ear;
        this.self = List.copyOf(self);
        this.device = device;
        this.folder = folder;
        this.time = time;
    }

    /**
     * Runs one peer and measures it.
     *
     * @param peer which
     * @param normal whether it runs as most programs do, without the real-time priority that ours has
     * @param seconds how long, s
     * @param periodNs from cue to cue, ns
     * @param stress whether it bears the load that ours bore
     * @param napping waits some ms; returns true to end early
     * @throws IOException if nothing could be heard
     */
    public PeerResult run(
            Peer peer, boolean normal, double seconds, long periodNs, boolean stress, BooleanSupplier napping)
            throws IOException {
        for (String program : peer.programs()) {
            if (!there(program)) {
                return PeerResult.missing(peer.title(), "no " + program + " here: " + peer.remedy());
            }
        }
        String name = peer.id() + (normal ? "-normal" : "");
        Path said = folder.resolve(name + ".txt");
        Path recording = folder.resolve(name + ".wav");
        Map<String, String> environment = peer.timed() ? ear.listen(name) : Map.of();
        List<String> command = new ArrayList<>();
        if (normal) {
            // A child inherits the priority of this process; chrt takes it back.
            command.addAll(List.of("chrt", "-o", "0"));
        }
        command.addAll(self);
        command.addAll(List.of("cue-peer", peer.id(), "--seconds", String.valueOf(seconds)));
        command.addAll(List.of("--period-ns", String.valueOf(periodNs), "--record", recording.toString()));
        if (normal) {
            command.add("--normal");
        }
        if (stress) {
            command.add("--stress");
        }
        int status = run(command, environment, said, seconds, napping);
        List<String> lines = Files.readAllLines(said, StandardCharsets.UTF_8);
        if (status != 0) {
            String reason = status < 0 ? "ended early" : lines.isEmpty() ? "status " + status : lines.getLast();
            return PeerResult.missing(peer.title(), reason + "; " + peer.remedy());
        }
        String conditions = after(lines, CONDITIONS);
        if (!peer.timed()) {
            SoundFile sound = SoundFile.wav(recording);
            return PeerResult.of(peer.title(), conditions, HeardTiming.freeRunning(inNs(sound)));
        }
        String[] first = after(lines, FIRST).split(" ", -1);
        long[] plannedNs = planned(Long.parseLong(first[0]), Integer.parseInt(first[1]), periodNs);
        return PeerResult.of(peer.title(), conditions, HeardTiming.of(plannedNs, ear.heardNs(name), (double) periodNs));
    }

    private static long[] planned(long firstNs, int count, long periodNs) {
        long[] plannedNs = new long[count];
        for (int i = 0; i < count; i++) {
            plannedNs[i] = firstNs + i * periodNs;
        }
        return plannedNs;
    }

    private static double[] inNs(SoundFile sound) throws IOException {
        double[] onsets = sound.onsets();
        for (int i = 0; i < onsets.length; i++) {
            onsets[i] *= 1e9 / sound.rateHz();
        }
        return onsets;
    }

    private int run(
            List<String> command, Map<String, String> environment, Path said, double seconds, BooleanSupplier napping)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        if (!device.equals("default")) {
            builder.environment().put("ALSA_CONFIG_PATH", defaultDevice().toString());
        }
        Process process = builder.start();
        try {
            long untilNs = time.nowNs() + TimeUnit.SECONDS.toNanos(Math.round(seconds) + SLACK_S);
            while (process.isAlive()) {
                if (napping.getAsBoolean() || time.nowNs() - untilNs > 0) {
                    return -1;
                }
            }
            return process.exitValue();
        } finally {
            end(process);
        }
    }

    /** Writes a configuration in which the device is ALSA's default, as Java Sound opens no other by name. */
    private Path defaultDevice() throws IOException {
        String former = System.getenv("ALSA_CONFIG_PATH");
        StringBuilder text = new StringBuilder();
        for (String file : (former == null ? "/usr/share/alsa/alsa.conf" : former).split(":", -1)) {
            text.append('<').append(file).append(">\n");
        }
        text.append("pcm.!default { type plug slave.pcm \"").append(device).append("\" }\n");
        return Files.writeString(folder.resolve("asound-default.conf"), text);
    }

    private static void end(Process process) {
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

    private static String after(List<String> lines, String start) throws IOException {
        for (String line : lines) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
        }
        throw new IOException("A peer did not say its '" + start.strip() + "'; run cue-test --compare again");
    }

    private static boolean there(String program) {
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "/usr/bin" : path).split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
