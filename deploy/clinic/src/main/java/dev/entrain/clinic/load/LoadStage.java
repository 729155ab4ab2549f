package dev.entrain.clinic.load;

import dev.entrain.clinic.store.EmbeddedDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The processes a load runs against: a real Mosquitto, and receivers of the database given. All end with this. */
public final class LoadStage implements AutoCloseable {
    private static final long START_LIMIT_S = 40;
    private static final long STOP_LIMIT_S = 20;
    private static final long POLL_NS = 20_000_000L;

    private final Path folder;
    private final EmbeddedDatabase database;
    private final int port;
    private final List<Process> receivers = new ArrayList<>();
    private Process broker;

    /** Starts the broker. */
    public LoadStage(Path folder, EmbeddedDatabase database) throws IOException {
        this.folder = folder;
        this.database = database;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        broker = launchBroker();
    }

    /** Returns where the broker listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Returns the broker. */
    public Process broker() {
        return broker;
    }

    /** Starts the broker again after its process ended, with nothing remembered. */
    public void restartBroker() throws IOException {
        broker = launchBroker();
    }

    /** Starts a receiver as a process of its own, and waits until it is ready. */
    public Process startReceiver() throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        List<String> command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of("-Xms32m", "-Xmx256m"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.entrain.clinic.cli.Main"));
        command.addAll(List.of("serve", "--no-web", "--broker", "tcp://127.0.0.1:" + port));
        command.addAll(List.of("--database", database.config().url()));
        command.addAll(
                List.of("--database-user", String.valueOf(database.config().user())));
        command.addAll(
                List.of("--database-password-file", database.passwordFile().toString()));
        Path log = folder.resolve("receiver-" + receivers.size() + ".log");
        Process receiver = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        receivers.add(receiver);
        BufferedReader out = receiver.inputReader(StandardCharsets.UTF_8);
        CompletableFuture<Boolean> ready =
                CompletableFuture.supplyAsync(() -> out.lines().anyMatch(line -> line.startsWith("ready")));
        if (!ready.completeOnTimeout(false, START_LIMIT_S, TimeUnit.SECONDS).join()) {
            throw new IOException(
                    "a receiver is not ready after " + START_LIMIT_S + " s; it says:\n" + Files.readString(log));
        }
        return receiver;
    }

    @Override
    public void close() {
        receivers.forEach(Process::destroy);
        for (Process process : receivers) {
            process.onExit()
                    .completeOnTimeout(process, STOP_LIMIT_S, TimeUnit.SECONDS)
                    .join();
            process.destroyForcibly();
        }
        broker.destroyForcibly()
                .onExit()
                .orTimeout(STOP_LIMIT_S, TimeUnit.SECONDS)
                .join();
    }

    private Process launchBroker() throws IOException {
        Path config = folder.resolve("mosquitto.conf");
        Files.write(
                config,
                List.of(
                        "user root",
                        "listener " + port + " 127.0.0.1",
                        "allow_anonymous true",
                        "persistence false",
                        "max_queued_messages 100000",
                        "log_type error"));
        Process started = new ProcessBuilder(mosquitto(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("mosquitto.log").toFile()))
                .start();
        long startNs = System.nanoTime();
        while (started.isAlive() && System.nanoTime() - startNs < START_LIMIT_S * 1_000_000_000L) {
            try (Socket socket = new Socket()) {
                socket.connect(address(), 200);
                return started;
            } catch (IOException e) {
                LockSupport.parkNanos(POLL_NS);
            }
        }
        started.destroyForcibly();
        throw new IOException("mosquitto does not start; " + folder.resolve("mosquitto.log") + " says why");
    }

    private static String mosquitto() throws IOException {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":", -1))
                .map(folder -> Path.of(folder, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("there is no mosquitto: apt-get install mosquitto"))
                .toString();
    }
}
