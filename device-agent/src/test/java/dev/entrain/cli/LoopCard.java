package dev.entrain.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The test card with an ear that hears it some frames later, and the command line in a process that knows both. */
final class LoopCard {
    private final Path folder;

    LoopCard(Path folder, double cardPpm, double earPpm, int delayFrames) throws IOException, InterruptedException {
        this.folder = folder;
        Path plugin = folder.resolve("libasound_module_pcm_entraincard.so");
        List<String> compile = new ArrayList<>(List.of("cc", "-std=gnu99", "-O2", "-fPIC", "-shared", "-DPIC", "-o"));
        compile.add(plugin.toString());
        try (Stream<Path> sources = Files.list(Path.of("src", "test", "c"))) {
            sources.map(file -> file.toAbsolutePath().toString())
                    .filter(name -> name.contains("/entrain_") && name.endsWith(".c"))
                    .sorted()
                    .forEach(compile::add);
        }
        compile.addAll(List.of("-lasound", "-lm"));
        if (new ProcessBuilder(compile).inheritIO().start().waitFor() != 0) {
            throw new AssertionError("the test card needs gcc and libasound2-dev");
        }
        Files.writeString(folder.resolve("asound.conf"), """
                pcm_type.entraincard { lib "%s" }
                pcm.card { type entraincard file "%s" log "%s" loop "%s" ppm %s }
                pcm.ear { type entraincard loop "%s" delay %d ppm %s channels 1 }
                """.formatted(
                        plugin,
                        folder.resolve("frames.raw"),
                        folder.resolve("starts.txt"),
                        folder.resolve("line"),
                        cardPpm,
                        folder.resolve("line"),
                        delayFrames,
                        earPpm));
    }

    /** Starts a command; its output goes to output.txt in the folder. */
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile());
        builder.environment()
                .put("ALSA_CONFIG_PATH", folder.resolve("asound.conf").toString());
        return builder.start();
    }

    /** Returns what the command has said so far. */
    String said() throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }

    /** Returns when the first sound was heard, CLOCK_MONOTONIC ns, or 0 before that. */
    long firstSoundNs() throws IOException {
        Path frames = folder.resolve("frames.raw");
        if (!Files.exists(frames)) {
            return 0;
        }
        byte[] heard = Files.readAllBytes(frames); // 32 bit stereo
        for (int i = 0; i < heard.length; i++) {
            if (heard[i] != 0) {
                String[] start = Files.readAllLines(folder.resolve("starts.txt"))
                        .getFirst()
                        .split(" ", -1);
                return Long.parseLong(start[1]) + (i / 8 - Long.parseLong(start[2])) * 1_000_000_000L / 48_000;
            }
        }
        return 0;
    }
}
