package dev.entrain.realtime;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Tells the service manager how the service does, as sd_notify(3) describes: one datagram to the UNIX socket named in {@code
 * NOTIFY_SOCKET}, a path or an abstract name. Java's own channels refuse UNIX datagrams, so it is one {@code sendto} of the C
 * library. Where no manager asked, nothing is sent. Never waits: a full socket loses the message, and the next second's comes.
 * For one thread.
 */
@SuppressWarnings("restricted") // Calling native code is this class's purpose; the launcher enables it.
public final class ServiceNotifier implements AutoCloseable {
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG = "WATCHDOG_USEC";
    private static final String WATCHDOG_PID = "WATCHDOG_PID";

    /** sys/socket.h of Linux. */
    private static final short AF_UNIX = 1;

    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;

    /** Bytes of {@code sun_path} in sockaddr_un (unix(7)). */
    private static final int MOST_PATH_BYTES = 108;

    private static final int MOST_BYTES = 1024;
    private static final long NS_PER_US = 1000;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment address = arena.allocate(Short.BYTES + MOST_PATH_BYTES, Short.BYTES);
    private final MemorySegment message = arena.allocate(MOST_BYTES);
    private final MethodHandle sendTo;
    private final MethodHandle close;
    private final int addressBytes;
    private final int socket;
    private final long watchdogNs;
    private String toldStatus = "";

    private ServiceNotifier(byte[] path, long watchdogNs) {
        this.watchdogNs = watchdogNs;
        address.set(JAVA_SHORT, 0, AF_UNIX);
        MemorySegment.copy(path, 0, address, JAVA_BYTE, Short.BYTES, path.length);
        addressBytes = Short.BYTES + path.length;
        Linker linker = Linker.nativeLinker();
        sendTo = link(
                linker,
                "sendto",
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
        close = link(linker, "close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        MethodHandle open = link(linker, "socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        try {
            socket = (int) open.invokeExact((int) AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        } catch (Throwable e) {
            throw new IllegalStateException("socket was called wrongly", e);
        }
    }

    /**
     * Returns who tells the manager of this process; null where there is none, or where it named a socket nobody can use,
     * which is told.
     *
     * @param environment of this process
     * @param pid of this process
     */
    public static @Nullable ServiceNotifier of(Map<String, String> environment, long pid) {
        String name = environment.get(SOCKET);
        if (name == null || name.isEmpty()) {
            return null;
        }
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if ((path[0] != '/' && path[0] != '@') || path.length >= MOST_PATH_BYTES) {
            Logger.warn("{}={}: no UNIX socket; the service manager will not hear of this service", SOCKET, name);
            return null;
        }
        if (path[0] == '@') {
            path[0] = 0; // How a name beside the file system is written.
        }
        return new ServiceNotifier(path, watchdogNs(environment, pid));
    }

    private static long watchdogNs(Map<String, String> environment, long pid) {
        String meant = environment.get(WATCHDOG_PID);
        String us = environment.get(WATCHDOG);
        if (us == null || (meant != null && !meant.equals(Long.toString(pid)))) {
            return 0;
        }
        try {
            return Math.multiplyExact(Math.max(0, Long.parseLong(us)), NS_PER_US);
        } catch (ArithmeticException | NumberFormatException e) {
            Logger.warn("{}={}: no number of microseconds; no watchdog", WATCHDOG, us);
            return 0;
        }
    }

    /** Returns how long the manager waits for a sign of life before it ends the service, ns; 0 if it does not. */
    public long watchdogNs() {
        return watchdogNs;
    }

    /** Tells that the service is up. */
    public void ready() {
        send("READY=1");
    }

    /** Tells that the service is ending. */
    public void stopping() {
        send("STOPPING=1");
    }

    /** Tells that the service does what it is for; without it the manager ends it after {@link #watchdogNs}. */
    public void alive() {
        send("WATCHDOG=1");
    }

    /** Sets how long the manager waits from now on, ns, over 0; counts from this moment. */
    public void allow(long limitNs) {
        send("WATCHDOG_USEC=" + limitNs / NS_PER_US);
    }

    /** Tells in one line how the service does; the same line is sent once. */
    public void status(String line) {
        if (!line.equals(toldStatus)) {
            toldStatus = line;
            send("STATUS=" + line.replace('\n', ' '));
        }
    }

    private void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MOST_BYTES);
        MemorySegment.copy(bytes, 0, message, JAVA_BYTE, 0, length);
        try {
            long ignored = (long) sendTo.invokeExact(
                    socket, message, (long) length, MSG_DONTWAIT | MSG_NOSIGNAL, address, addressBytes);
        } catch (Throwable e) {
            throw new IllegalStateException("sendto was called wrongly", e);
        }
    }

    @Override
    public void close() {
        try {
            int ignored = (int) close.invokeExact(socket);
        } catch (Throwable e) {
            throw new IllegalStateException("close was called wrongly", e);
        } finally {
            arena.close();
        }
    }

    private static MethodHandle link(Linker linker, String name, FunctionDescriptor type) {
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }
}
