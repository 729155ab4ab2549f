package dev.entrain.telemetry.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real Mosquitto on a loopback port, for one test; nothing it knows survives it. */
public final class MosquittoBroker implements AutoCloseable {
    private static final long START_LIMIT_NS = 10_000_000_000L;

    private final Path dir;
    private final int port;
    private final List<String> settings;
    private Process process;

    /** Starts a broker on a free port, with further settings for its configuration file. */
    public static MosquittoBroker start(Path dir, String... settings) throws IOException, InterruptedException {
        return new MosquittoBroker(dir, freePort(), List.of(settings));
    }

    /** Starts a broker with a whole configuration of its own. */
    static MosquittoBroker startWith(Path config, int port) throws IOException, InterruptedException {
        return new MosquittoBroker(config, port);
    }

    private MosquittoBroker(Path dir, int port, List<String> settings) throws IOException, InterruptedException {
        this.dir = dir;
        this.port = port;
        this.settings = settings;
        process = launch();
    }

    private MosquittoBroker(Path config, int port) throws IOException, InterruptedException {
        dir = config;
        this.port = port;
        settings = List.of();
        process = launch(config);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    public URI uri() {
        return URI.create("tcp://127.0.0.1:" + port);
    }

    /** Ends the broker as a power cut would. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(5, TimeUnit.SECONDS).join();
    }

    /** Freezes the broker: it keeps its connections and answers nothing. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it read its configuration, ACL and lists of revoked certificates again. */
    void reload() throws IOException, InterruptedException {
        signal("HUP");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IllegalStateException("could not send " + name + " to mosquitto");
        }
    }

    /** Starts it again on the same port, with nothing remembered. */
    void restart() throws IOException, InterruptedException {
        process = launch();
    }

    @Override
    public void close() {
        kill();
    }

    private Process launch() throws IOException, InterruptedException {
        // Started by root, it would become a user that cannot read the test's folder.
        List<String> lines =
                new ArrayList<>(List.of("user root", "listener " + port + " 127.0.0.1", "persistence false"));
        lines.addAll(settings);
        if (settings.stream().noneMatch(line -> line.startsWith("allow_anonymous"))) {
            lines.add("allow_anonymous true");
        }
        Path config = dir.resolve("mosquitto.conf");
        Files.write(config, lines);
        return launch(config);
    }

    private Process launch(Path config) throws IOException, InterruptedException {
        Process started = new ProcessBuilder(executable(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitListening(started, port);
        return started;
    }

    /** Waits until a server listens on a loopback port. */
    static void awaitListening(Process server, int port) throws InterruptedException {
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < START_LIMIT_NS && server.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        server.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        throw new IllegalStateException("the server ended at once or did not listen on port " + port + " within 10 s");
    }

    /** Debian keeps it in a folder that is not on everybody's path. */
    private static String executable() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":"))
                .map(folder -> Path.of(folder, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "these tests need a real broker and there is no mosquitto: apt-get install mosquitto"))
                .toString();
    }
}
