package dev.entrain.clinic.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of our own on a loopback port, for the demo and the tests. It ends with this process, also when that is
 * killed: a shell holds the other end of a pipe, and stops the server when the pipe closes. What an earlier process left
 * running in the same folder is stopped first.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final long START_LIMIT_NS = 30_000_000_000L;
    private static final long STOP_LIMIT_NS = 15_000_000_000L;
    private static final long POLL_NS = 20_000_000L;
    private static final String USER = "entrain";
    /** Ends on the end of its input; SIGINT is a fast stop of the server. The server must not hold the pipe itself. */
    private static final String KEEPER =
            "\"$@\" </dev/null & server=$!; trap '' INT TERM HUP; read -r line; kill -INT $server; wait $server";

    private final Path folder;
    private final boolean temporary;
    private final FileChannel lockFile;
    private final int port;
    private final String password;
    private Process keeper;

    private EmbeddedDatabase(Path folder, boolean temporary, FileChannel lockFile) throws IOException {
        this.folder = folder;
        this.temporary = temporary;
        this.lockFile = lockFile;
        stopLeftOver();
        password = initialise();
        port = freePort();
        keeper = launch();
    }

    /** Starts one that is forgotten when it is closed. */
    public static EmbeddedDatabase temporary() throws DatabaseException {
        try {
            return start(Files.createTempDirectory("entrain-db"), true);
        } catch (IOException e) {
            throw new DatabaseException("No folder for a database could be made: " + e.getMessage(), e);
        }
    }

    /**
     * Starts one that keeps its data in a folder, made if it is not there.
     *
     * @throws DatabaseException if another process uses the folder, or the server does not start
     */
    public static EmbeddedDatabase in(Path folder) throws DatabaseException {
        return start(folder.toAbsolutePath(), false);
    }

    /** Returns how to reach it. */
    public DatabaseConfig config() {
        return new DatabaseConfig(url(), USER, password, DatabaseConfig.CONNECTIONS);
    }

    /** Returns the file that holds its password, readable by the owner only, for a process that is told the URL. */
    public Path passwordFile() {
        return folder.resolve("password");
    }

    /** Returns the process whose children are the server's. */
    public long pid() {
        return keeper.pid();
    }

    /** Ends the server at once, as kill -9 of all its processes would; {@link #restart} brings it back on the same port. */
    public void kill() throws IOException {
        for (ProcessHandle server : servers()) {
            List<ProcessHandle> workers = server.children().toList();
            server.destroyForcibly();
            workers.forEach(ProcessHandle::destroyForcibly);
            // A worker that is still there would keep the next server from starting.
            workers.forEach(worker -> worker.onExit()
                    .completeOnTimeout(worker, STOP_LIMIT_NS, TimeUnit.NANOSECONDS)
                    .join());
        }
        keeper.getOutputStream().close();
        await(keeper);
    }

    /** Starts it again after {@link #kill}. */
    public void restart() throws DatabaseException {
        try {
            stopLeftOver();
            keeper = launch();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
            await(keeper);
            lockFile.close();
            if (temporary) {
                PostgresBinaries.remove(folder);
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the embedded database in " + folder + " did not end: " + e.getMessage(), e);
        }
    }

    private static EmbeddedDatabase start(Path folder, boolean temporary) throws DatabaseException {
        FileChannel lockFile = null;
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lockFile.tryLock();
            if (lock == null) {
                throw new IOException("another process uses " + folder
                        + ": end it, or give another folder; for several receivers start a database and give its URL");
            }
            return new EmbeddedDatabase(folder, temporary, lockFile);
        } catch (IOException e) {
            closeQuietly(lockFile);
            throw failed(e);
        }
    }

    private static void closeQuietly(@Nullable FileChannel file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            org.tinylog.Logger.debug("the lock was already closed ({})", e.getMessage());
        }
    }

    private static DatabaseException failed(IOException e) {
        return new DatabaseException("The embedded database does not start: " + e.getMessage(), e);
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private String initialise() throws IOException {
        Path kept = passwordFile();
        if (Files.exists(folder.resolve("data/PG_VERSION")) && Files.exists(kept)) {
            return Files.readString(kept).strip();
        }
        // An initialisation that was killed half way is begun anew: it never held data.
        PostgresBinaries.remove(folder.resolve("data"));
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String made = HexFormat.of().formatHex(random);
        Files.deleteIfExists(kept);
        Files.createFile(kept, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(kept, made + "\n");
        Path fresh = folder.resolve("data.new");
        PostgresBinaries.remove(fresh);
        Path bin = PostgresBinaries.folder().resolve("bin");
        Process process = new ProcessBuilder(unprivileged(
                        bin.resolve("initdb").toString(),
                        "-D",
                        fresh.toString(),
                        "-U",
                        USER,
                        "-A",
                        "scram-sha-256",
                        "--pwfile",
                        kept.toString(),
                        "-E",
                        "UTF8",
                        "--no-locale",
                        "--no-sync"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("initdb.log").toFile())
                .start();
        await(process);
        if (process.exitValue() != 0) {
            throw new IOException("initdb failed; " + folder.resolve("initdb.log") + " says why");
        }
        Files.move(fresh, folder.resolve("data"));
        return made;
    }

    private Process launch() throws IOException {
        Path bin = PostgresBinaries.folder().resolve("bin");
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", KEEPER, "entrain-postgres"));
        command.addAll(unprivileged(
                bin.resolve("postgres").toString(),
                "-D",
                data().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=60",
                "-c",
                "shared_buffers=64MB",
                "-c",
                "max_wal_size=512MB",
                "-c",
                "password_encryption=scram-sha-256",
                "-c",
                "dynamic_shared_memory_type=posix"));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("postgres.log").toFile()))
                .start();
        long startNs = System.nanoTime();
        String last = "no answer";
        while (System.nanoTime() - startNs < START_LIMIT_NS && started.isAlive()) {
            try (Connection connection = DriverManager.getConnection(url(), USER, password)) {
                if (connection.isValid(5)) {
                    return started;
                }
            } catch (SQLException e) {
                last = String.valueOf(e.getMessage());
            }
            if (servers().isEmpty() && System.nanoTime() - startNs > START_LIMIT_NS / 6) {
                break;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        started.getOutputStream().close();
        await(started);
        throw new IOException("it is not up (" + last + "); " + folder.resolve("postgres.log") + " says why");
    }

    /** A server refuses to run as root; in a user namespace of its own it is nobody, and the files stay ours. */
    private static List<String> unprivileged(String... command) {
        List<String> words = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            words.addAll(List.of("unshare", "--user"));
        }
        words.addAll(List.of(command));
        return words;
    }

    /** We hold the lock, so a server that still runs on this folder is nobody's any more. */
    private void stopLeftOver() throws IOException {
        List<ProcessHandle> left = servers();
        for (ProcessHandle server : left) {
            server.destroy();
        }
        long startNs = System.nanoTime();
        while (!servers().isEmpty()) {
            if (System.nanoTime() - startNs > STOP_LIMIT_NS / 3) {
                servers().forEach(ProcessHandle::destroyForcibly);
            }
            if (System.nanoTime() - startNs > STOP_LIMIT_NS) {
                throw new IOException("a server from before still runs in " + folder + " and does not end");
            }
            LockSupport.parkNanos(POLL_NS);
        }
        // A process that has this number now is no server of this folder, so the file only misleads.
        Files.deleteIfExists(data().resolve("postmaster.pid"));
    }

    private List<ProcessHandle> servers() throws IOException {
        Path pidFile = data().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return List.of();
        }
        String first = Files.readAllLines(pidFile).stream().findFirst().orElse("");
        if (!first.matches("[0-9]{1,9}")) {
            return List.of();
        }
        return ProcessHandle.of(Long.parseLong(first)).stream()
                .filter(ProcessHandle::isAlive)
                .filter(process -> commandLine(process).contains(data().toString()))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(Process process) throws IOException {
        try {
            if (!process.waitFor(2 * STOP_LIMIT_NS, TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
                throw new IOException("a process of the server did not end within 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
