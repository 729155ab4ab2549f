package dev.entrain.audio.alsa;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Builds the ALSA plug-in of src/test/c and runs {@link CardRun} on it. */
final class TestCard {
    private static final double NS_PER_S = 1e9;

    private final Path folder;
    private final double ppm;
    private final boolean wide;

    TestCard(Path folder, double ppm, int stepFrames, boolean wide) throws IOException, InterruptedException {
        this.folder = folder;
        this.ppm = ppm;
        this.wide = wide;
        Path plugin = folder.resolve("libasound_module_pcm_entraincard.so");
        if (!Files.exists(Path.of("/usr/include/alsa/asoundlib.h")) || !Files.exists(Path.of("/usr/bin/cc"))) {
            throw new AssertionError(
                    "The test card needs a C compiler and ALSA's headers:" + " apt-get install gcc libasound2-dev");
        }
        Path sources = Path.of("src", "test", "c").toAbsolutePath();
        run(
                60,
                Map.of(),
                "cc",
                "-std=gnu99",
                "-O2",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-fPIC",
                "-shared",
                "-DPIC",
                "-o",
                plugin.toString(),
                sources.resolve("entrain_plugin.c").toString(),
                sources.resolve("entrain_card.c").toString(),
                sources.resolve("entrain_line.c").toString(),
                sources.resolve("entrain_faults.c").toString(),
                "-lasound",
                "-lm");
        Files.writeString(
                folder.resolve("asound.conf"),
                "pcm_type.entraincard { lib \"%s\" }%npcm.card { type entraincard file \"%s\" log \"%s\" ppm %s step %d formats \"%s\" }%n"
                        .formatted(plugin, frames(), log(), ppm, stepFrames, wide ? "S32_LE" : "S16_LE"));
    }

    /** Plays for a time and returns the lines of the report. */
    List<String> play(int seconds) throws IOException, InterruptedException {
        Path report = folder.resolve("report.txt");
        run(
                seconds + 30,
                Map.of("ALSA_CONFIG_PATH", folder.resolve("asound.conf").toString()),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                CardRun.class.getName(),
                Integer.toString(seconds),
                report.toString());
        return Files.readAllLines(report);
    }

    /** Returns every frame the card was given. */
    float[] heard() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(frames())).order(ByteOrder.LITTLE_ENDIAN);
        float[] stereo = new float[bytes.remaining() / (wide ? Integer.BYTES : Short.BYTES)];
        for (int i = 0; i < stereo.length; i++) {
            stereo[i] = wide ? bytes.getInt() / (float) Integer.MAX_VALUE : bytes.getShort() / (float) Short.MAX_VALUE;
        }
        return stereo;
    }

    /** Returns when the card played a frame since its last start, by its own exact clock, ns. */
    double trueTimeNs(long frame) throws IOException {
        String[] start = Files.readAllLines(log()).getFirst().split(" ", -1);
        double framesPerNs = 48_000 * (1 + ppm * 1e-6) / NS_PER_S;
        return Long.parseLong(start[1]) + (frame - Long.parseLong(start[2])) / framesPerNs;
    }

    private Path frames() {
        return folder.resolve("frames.raw");
    }

    private Path log() {
        return folder.resolve("starts.txt");
    }

    private void run(int seconds, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command[0] + " did not end within " + seconds + " s");
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(command[0] + " failed: " + Files.readString(output));
        }
    }
}
