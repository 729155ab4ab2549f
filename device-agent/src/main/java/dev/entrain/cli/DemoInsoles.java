package dev.entrain.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The demo's emulated insoles, a process of their own as real insoles are machines of their own. */
final class DemoInsoles {
    private static final int ATTEMPTS = 200;
    private static final double ATTEMPT_S = 0.1;
    private static final String LEFT = "insole-left";
    private static final String RIGHT = "insole-right";

    private DemoInsoles() {}

    /** Starts {@code entrain insole} on a recording, over and over. */
    static ChildProcess start(Path recording, Path folder) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.entrain.cli.Main",
                "insole",
                recording.toString(),
                "--dir",
                folder.toString(),
                "--loop");
        return new ChildProcess("The insole emulator", command, folder.resolve("insole.log"));
    }

    /** Waits until both lines exist. */
    static void await(Path folder, ChildProcess insoles, Ending ending) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            insoles.check();
            boolean there = Files.exists(folder.resolve(LEFT)) && Files.exists(folder.resolve(RIGHT));
            if (there || ending.await(ATTEMPT_S)) {
                return;
            }
        }
        throw new IOException("The emulated insoles did not appear in " + folder);
    }

    /** Writes the agent's configuration. */
    static Path writeConfig(Path folder, int brokerPort, Path wav) throws IOException {
        return Files.writeString(folder.resolve("agent.toml"), """
                [sensor.left]
                port = '%s'
                [sensor.right]
                port = '%s'
                [audio]
                output = "auto"
                wav_file = '%s'
                [telemetry]
                broker = "tcp://127.0.0.1:%d"
                unit = "demo"
                will_delay_s = 2
                """.formatted(
                        folder.resolve(LEFT), folder.resolve(RIGHT), wav.toAbsolutePath(), brokerPort));
    }
}
