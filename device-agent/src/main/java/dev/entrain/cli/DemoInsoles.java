package dev.entrain.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The demo's emulated insoles, a process of their own as real insoles are machines of their own. */
final class DemoInsoles {
    /** The name of the unit that walks on them. */
    static final String UNIT = "demo";

    private static final int ATTEMPTS = 200;
    private static final double ATTEMPT_S = 0.1;
    private static final String LOG = "insole.log";

    private DemoInsoles() {}

    /**
     * Starts {@code entrain insole} on a recording.
     *
     * @param wrapper what to start it with, such as another priority; may be empty
     * @param options further options of the command
     */
    static ChildProcess start(Path recording, Path folder, List<String> wrapper, List<String> options)
            throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
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
                folder.toString()));
        command.addAll(options);
        return new ChildProcess("The insole emulator", command, folder.resolve(LOG));
    }

    /** Waits until the emulator has said where its lines are, which it does when they are there. */
    static void await(Path folder, ChildProcess insoles, Ending ending) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            insoles.check();
            if (!ports(folder).isEmpty() || ending.await(ATTEMPT_S)) {
                return;
            }
        }
        throw new IOException("The emulated insoles did not appear in " + folder);
    }

    /** Returns the configuration's tables of the sensors. */
    static String sensors(Path folder) throws IOException {
        StringBuilder toml = new StringBuilder();
        for (String port : ports(folder)) {
            // Each line of the emulator's output: the foot, then its path.
            String[] words = port.split("\\s+", 2);
            toml.append("[sensor.")
                    .append(words[0])
                    .append("]\nport = '")
                    .append(words[1])
                    .append("'\n");
        }
        return toml.toString();
    }

    /** Writes the agent's configuration; {@code key} is the public one of the clinic. */
    static Path writeConfig(Path folder, int brokerPort, Path wav, Path key) throws IOException {
        // A demo is no walk of this unit's patient: its sound dose goes with its folder.
        String toml = "state_dir = '" + folder + "'\n" + sensors(folder)
                + """
                [audio]
                output = "auto"
                wav_file = '%s'
                [telemetry]
                broker = "tcp://127.0.0.1:%d"
                unit = "%s"
                timing_s = 5
                will_delay_s = 2
                [clinic]
                public_key = '%s'
                [music]
                share_titles = true
                """.formatted(wav.toAbsolutePath(), brokerPort, UNIT, key.toAbsolutePath());
        return Files.writeString(folder.resolve("agent.toml"), toml);
    }

    private static List<String> ports(Path folder) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(LOG))) {
            return lines.filter(line -> line.matches("(left|right) +/.*")).toList();
        }
    }
}
