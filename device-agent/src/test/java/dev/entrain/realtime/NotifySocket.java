package dev.entrain.realtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A service manager's end of the socket: a real UNIX datagram socket, which Java can't open, held by a Python process. */
public final class NotifySocket implements AutoCloseable {
    private static final String PROGRAM = """
            import socket, sys
            name = sys.argv[1]
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind("\\0" + name[1:] if name[0] == "@" else name)
            print("bound", flush=True)
            while True:
                print(s.recv(4096).decode().replace("\\n", " "), flush=True)
            """;

    private static final long LIMIT_S = 10;

    private final Process process;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    /**
     * Opens the socket.
     *
     * @param name a path, or an abstract name behind an @
     */
    public NotifySocket(String name) throws IOException, InterruptedException {
        process = new ProcessBuilder("python3", "-c", PROGRAM, name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread.ofPlatform().daemon().start(this::read);
        if (!"bound".equals(next())) {
            throw new IOException(name + ": the socket did not open");
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard.add(line);
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns the next message, or a word that is none after 10 s. */
    public String next() throws InterruptedException {
        String line = heard.poll(LIMIT_S, TimeUnit.SECONDS);
        return line == null ? "nothing came" : line;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
