package dev.entrain.cli;

import dev.entrain.sim.pty.Pty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code entrain provision} at a real pseudo-terminal, with somebody who waits for each question and types. */
final class ProvisionRun implements AutoCloseable {
    private static final long LOOK_NS = 50_000_000;
    private static final int MOST_LOOKS = 800;

    private final Pty terminal = new Pty();
    private final Process process;
    private final StringBuilder said = new StringBuilder();
    private final byte[] buffer = new byte[4096];
    private int seen;

    ProvisionRun(Path alsaConfig, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "provision"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(terminal.path().toFile())
                .redirectOutput(terminal.path().toFile())
                .redirectErrorStream(true);
        builder.environment().put("ALSA_CONFIG_PATH", alsaConfig.toString());
        builder.environment().put("NO_COLOR", "1");
        process = builder.start();
    }

    /** Waits until a text appears after what was seen before; fails with all that was said. */
    ProvisionRun sees(String text) throws IOException {
        for (int i = 0; i < MOST_LOOKS; i++) {
            int at = said.indexOf(text, seen);
            if (at >= 0) {
                seen = at + text.length();
                return this;
            }
            terminal.await(LOOK_NS);
            for (int count = terminal.read(buffer); count > 0; count = terminal.read(buffer)) {
                said.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
            if (!process.isAlive() && said.indexOf(text, seen) < 0) {
                break;
            }
        }
        throw new AssertionError("'" + text + "' never came; after it had said:\n" + said);
    }

    /** Types a line. */
    ProvisionRun types(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        terminal.write(bytes, 0, bytes.length);
        return this;
    }

    /** As Ctrl-C does, for a process without a controlling terminal. */
    void interrupt() {
        process.destroy();
    }

    /** Waits for the end and returns the exit status. */
    int status() throws InterruptedException, IOException {
        for (int i = 0; i < MOST_LOOKS && process.isAlive(); i++) {
            terminal.await(LOOK_NS);
            terminal.read(buffer);
        }
        return process.waitFor(1, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        terminal.close();
    }
}
