package dev.entrain.audio.alsa;

import static dev.entrain.audio.alsa.CardScenario.GONE;
import static dev.entrain.audio.alsa.CardScenario.at;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Builds the ALSA plug-in of src/test/c and runs {@link CardRun} on it, every scenario of a suite at once. */
final class TestCards {
    private static final int BUSY = 16;
    private static final int NO_DEVICE = 19;
    private static final int IO_ERROR = 5;

    private TestCards() {}

    /** Returns the scenarios of a suite: {@code play} or {@code faults}. */
    static List<CardScenario> suite(String name) {
        return name.equals("play") ? play() : faults();
    }

    private static List<CardScenario> play() {
        return List.of(
                CardScenario.of("drifting", "ppm 100 formats \"S32_LE\"", 3),
                CardScenario.of("stepping", "ppm -80 step 480 formats \"S16_LE\"", 3),
                CardScenario.of("packed", "formats \"S24_3LE S16_LE\"", 3),
                CardScenario.of("mono", "channels 1 formats \"S16_LE\"", 3),
                CardScenario.of("rate44", "rate 44100 ppm 20", 3),
                CardScenario.of("withdraw", "", 3, at(1200, "withdraw", 0)),
                CardScenario.of("silence", "fetch 256", 3, at(1200, "silence", 600)),
                CardScenario.of("stop", "fetch 256", 3, at(1200, "stop", 5000)),
                new CardScenario("unstamped", "", 3, true, List.of()));
    }

    private static List<CardScenario> faults() {
        return List.of(
                CardScenario.of("xrun", "", 3, at(1300, "xrun", 1)),
                CardScenario.of(
                        "unplug",
                        "",
                        4.2,
                        at(1290, "refuse", NO_DEVICE),
                        at(1300, "unplug", 1),
                        at(2600, "refuse", GONE)),
                CardScenario.of("suspend", "resume 0", 3, at(1300, "suspend", 60)),
                CardScenario.of("resume", "resume 1", 3, at(1300, "suspend", 60)),
                CardScenario.of("busy", "", 3, at(0, "refuse", BUSY), at(600, "refuse", GONE)),
                CardScenario.of("stall", "", 3, at(1300, "stall", 250)),
                CardScenario.of("hiccup", "", 3, at(1300, "stall", 60)),
                CardScenario.of("hang", "", 4, at(1300, "stall", 60_000)),
                CardScenario.of("start", "", 3, at(0, "start", IO_ERROR), at(600, "start", GONE)));
    }

    /** Builds the plug-in, runs a suite and leaves what came of each scenario in a folder named after it. */
    static void run(String suite, Path folder) throws IOException, InterruptedException {
        Path plugin = build(folder);
        StringBuilder config = new StringBuilder("pcm_type.entraincard { lib \"" + plugin + "\" }\n");
        double longestS = 0;
        for (CardScenario scenario : suite(suite)) {
            Path files = folder.resolve(scenario.name());
            Files.createDirectories(files.resolve("faults"));
            config.append("pcm.%s { type entraincard file \"%s\" log \"%s\" faults \"%s\" %s }%n"
                    .formatted(
                            scenario.name(),
                            files.resolve("frames.raw"),
                            files.resolve("log.txt"),
                            files.resolve("faults"),
                            scenario.options()));
            longestS = Math.max(longestS, scenario.seconds());
        }
        Path configuration = folder.resolve("asound.conf");
        Files.writeString(configuration, config);
        execute(
                folder,
                (int) longestS + 40,
                Map.of("ALSA_CONFIG_PATH", configuration.toString()),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", // The whole run is warm-up, and compiling well costs more.
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CardRun.class.getName(),
                        suite,
                        folder.toString()));
    }

    private static Path build(Path folder) throws IOException, InterruptedException {
        if (!Files.exists(Path.of("/usr/include/alsa/asoundlib.h")) || !Files.exists(Path.of("/usr/bin/cc"))) {
            throw new AssertionError(
                    "The test card needs a C compiler and ALSA's headers: apt-get install gcc libasound2-dev");
        }
        Path plugin = folder.resolve("libasound_module_pcm_entraincard.so");
        List<String> command = new ArrayList<>(
                List.of("cc", "-std=gnu99", "-O2", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", "-DPIC", "-o"));
        command.add(plugin.toString());
        for (String source : List.of("plugin", "card", "line", "faults")) {
            command.add(Path.of("src", "test", "c", "entrain_" + source + ".c")
                    .toAbsolutePath()
                    .toString());
        }
        command.addAll(List.of("-lasound", "-lm"));
        execute(folder, 60, Map.of(), command);
        return plugin;
    }

    private static void execute(Path folder, int seconds, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command.getFirst() + " did not end within " + seconds + " s");
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(command.getFirst() + " failed: " + Files.readString(output));
        }
    }
}
