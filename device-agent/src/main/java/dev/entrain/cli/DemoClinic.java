package dev.entrain.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The demo's clinic, a process of its own: receiver, database and page, with log-ins made up at the start. */
final class DemoClinic implements AutoCloseable {
    private static final int ATTEMPTS = 900;
    private static final double ATTEMPT_S = 0.1;
    private static final Pattern READY = Pattern.compile("(?m)^ready: .*; page (http\\S+);");
    private static final Pattern LOG_IN = Pattern.compile("(?m)^log-in: (\\S+) (\\S+)$");
    private static final String KEYS = "keys";

    private final ChildProcess process;

    private DemoClinic(ChildProcess process) {
        this.process = process;
    }

    /**
     * Makes the clinic's key for commands.
     *
     * @return the public half, which the unit is configured with
     * @throws IOException if it can't be made, with the reason
     */
    static Path makeKey(Path folder, Ending ending) throws IOException {
        Path keys = folder.resolve(KEYS);
        ChildProcess keygen = new ChildProcess(
                "The key maker", List.of(program(), "keygen", "--out", keys.toString()), folder.resolve("keygen.log"));
        keygen.await(ending);
        return keys.resolve("clinic.pub");
    }

    /**
     * Starts the clinic; {@link #await} waits for it.
     *
     * @param unit the unit that walks
     * @param port of the page, 0 for a free one
     */
    static DemoClinic start(Path folder, int brokerPort, String unit, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                program(),
                "demo",
                "--broker",
                "tcp://127.0.0.1:" + brokerPort,
                "--unit",
                unit,
                "--listen",
                "127.0.0.1:" + port,
                "--admin",
                "0",
                "--insecure-loopback",
                "--dashboard",
                Home.resolve("deploy/clinic/dashboard/dist")
                        .toAbsolutePath()
                        .normalize()
                        .toString(),
                "--command-key",
                folder.resolve(KEYS).resolve("clinic.key").toString()));
        return new DemoClinic(new ChildProcess("The clinic", command, folder.resolve("clinic.log")));
    }

    /** Waits until the page is served; returns null if the demo is asked to end first. */
    @Nullable
    String await(Ending ending) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            process.check();
            Matcher ready = READY.matcher(process.said());
            if (ready.find()) {
                return ready.group(1);
            }
            if (ending.await(ATTEMPT_S)) {
                return null;
            }
        }
        throw new IOException("The clinic does not answer; it said last: "
                + process.said()
                        .lines()
                        .skip(Math.max(0, process.said().lines().count() - 3))
                        .toList());
    }

    /** Returns who may log in, one line each. */
    List<String> logIns() throws IOException {
        return LOG_IN.matcher(process.said())
                .results()
                .map(found -> found.group(1) + ", password " + found.group(2))
                .toList();
    }

    /** Checks that it lives. */
    void check() throws IOException {
        process.check();
    }

    @Override
    public void close() {
        process.close();
    }

    private static String program() throws IOException {
        return Home.resolve("deploy/entrain-clinic").toString();
    }
}
