package dev.entrain.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the demo's own that ends with the demo, even if the demo is killed. */
final class ChildProcess implements AutoCloseable {
    private static final long END_S = 5;
    /** A session of its own, so that Ctrl-C at the terminal reaches the demo alone and the demo ends in order. */
    private static final List<String> OWN_SESSION = List.of("/usr/bin/setsid");

    private static final List<String> END_WITH_PARENT = List.of("/usr/bin/setpriv", "--pdeathsig", "TERM");

    private final String name;
    private final Process process;
    private final Path log;

    /**
     * Starts it. Call from a thread that lives as long as the demo: the kernel ends the child when that thread ends.
     *
     * @param name for messages
     * @param command program and arguments
     * @param log receives what it prints
     * @throws IOException if it can't be started
     */
    ChildProcess(String name, List<String> command, Path log) throws IOException {
        this.name = name;
        this.log = log;
        List<String> whole = new ArrayList<>();
        for (List<String> wrapper : List.of(OWN_SESSION, END_WITH_PARENT)) {
            if (Files.isExecutable(Path.of(wrapper.getFirst()))) {
                whole.addAll(wrapper);
            }
        }
        whole.addAll(command);
        process = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /**
     * Checks that it lives.
     *
     * @throws IOException with what it printed, if it has ended
     */
    void check() throws IOException {
        if (!process.isAlive()) {
            String said = said().strip();
            throw new IOException(name + " ended with status " + process.exitValue()
                    + (said.isEmpty()
                            ? ""
                            : ", saying: " + said.lines().limit(5).toList()));
        }
    }

    /**
     * Waits for it to end by itself, at most 30 s.
     *
     * @throws IOException with what it printed, if it failed
     */
    void await(Ending ending) throws IOException {
        for (int i = 0; i < 300 && process.isAlive() && !ending.await(0.1); i++) {}
        if (process.isAlive()) {
            close();
        }
        if (process.exitValue() != 0) {
            check();
        }
    }

    /** Returns its process id; the wrappers become the program, so it is that of the program. */
    long pid() {
        return process.pid();
    }

    /** Returns what it has printed so far. */
    String said() throws IOException {
        return Files.readString(log);
    }

    /** Ends it as a power cut would. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(END_S, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(END_S, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
