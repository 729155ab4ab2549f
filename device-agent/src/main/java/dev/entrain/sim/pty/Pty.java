package dev.entrain.sim.pty;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * The device's end of a pseudo-terminal pair: what is written here comes out of {@link #path()}, as if a device were
 * plugged in there. Raw, never waits but in {@link #await}. Used by one thread at a time.
 */
public final class Pty implements AutoCloseable {
    private static final int TRANSFER_BYTES = 4096;
    private static final int NAME_BYTES = 128;
    private static final int OPEN = CLibrary.O_RDWR | CLibrary.O_NOCTTY | CLibrary.O_NONBLOCK | CLibrary.O_CLOEXEC;

    private final Arena arena = Arena.ofShared();
    private final CLibrary c = new CLibrary(arena);
    private final MemorySegment transfer = arena.allocate(TRANSFER_BYTES);
    private final MemorySegment pollFd = arena.allocate(8, 4);
    private final MemorySegment timeout = arena.allocate(16, 8);
    private final int fd;
    private final Path path;
    private boolean closed;

    /**
     * Makes a pair.
     *
     * @throws PtyException if the system has none to give
     */
    public Pty() throws PtyException {
        fd = c.posixOpenpt(OPEN);
        if (fd < 0) {
            int error = c.errno();
            arena.close();
            throw new PtyException("no pseudo-terminal to be had (system error " + error
                    + "); is /dev/pts mounted, and are others left (/proc/sys/kernel/pty/max)?");
        }
        try {
            path = setUp();
        } catch (PtyException e) {
            close();
            throw e;
        }
    }

    /** Returns the device file of the host's end. Another pair gets another one. */
    public Path path() {
        return path;
    }

    /**
     * Waits until bytes came, the host's end is closed, or time is up; looks at the host's end.
     *
     * @param waitNs most to wait, at least 0
     * @return whether a program has the host's end open
     */
    public boolean await(long waitNs) throws PtyException {
        pollFd.set(JAVA_INT, 0, fd);
        pollFd.set(JAVA_SHORT, 4, CLibrary.POLLIN);
        pollFd.set(JAVA_SHORT, 6, (short) 0);
        timeout.set(JAVA_LONG, 0, waitNs / 1_000_000_000L);
        timeout.set(JAVA_LONG, 8, waitNs % 1_000_000_000L);
        int ready = c.ppoll(pollFd, 1, timeout);
        if (ready < 0 && c.errno() != CLibrary.EINTR) {
            throw failed("poll");
        }
        return ready <= 0 || (pollFd.get(JAVA_SHORT, 6) & CLibrary.POLLHUP) == 0;
    }

    /** Reads what came, without waiting: the number of bytes, 0 if none. */
    public int read(byte[] into) throws PtyException {
        long count = c.read(fd, transfer, Math.min(into.length, TRANSFER_BYTES));
        if (count < 0) {
            // EIO: nobody has the host's end open.
            if (c.errno() == CLibrary.EAGAIN || c.errno() == CLibrary.EINTR || c.errno() == CLibrary.EIO) {
                return 0;
            }
            throw failed("read");
        }
        MemorySegment.copy(transfer, JAVA_BYTE, 0, into, 0, (int) count);
        return (int) count;
    }

    /**
     * Writes without waiting.
     *
     * @return bytes taken, fewer than given if the host does not read; the rest is up to the caller
     */
    public int write(byte[] bytes, int offset, int length) throws PtyException {
        int give = Math.min(length, TRANSFER_BYTES);
        MemorySegment.copy(bytes, offset, transfer, JAVA_BYTE, 0, give);
        long count = c.write(fd, transfer, give);
        if (count < 0) {
            if (c.errno() == CLibrary.EAGAIN || c.errno() == CLibrary.EINTR || c.errno() == CLibrary.EIO) {
                return 0;
            }
            throw failed("write");
        }
        return (int) count;
    }

    /** Closes the pair; for the host the line is gone. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            c.close(fd);
            arena.close();
        }
    }

    private Path setUp() throws PtyException {
        MemorySegment name = arena.allocate(NAME_BYTES);
        MemorySegment termios = arena.allocate(CLibrary.TERMIOS_BYTES, 8);
        if (c.grantpt(fd) != 0 || c.unlockpt(fd) != 0) {
            throw failed("unlock");
        }
        if (c.ptsname(fd, name, NAME_BYTES) != 0) {
            throw failed("name");
        }
        // Raw before anyone opens it, else the line would echo what the device says back to the device.
        if (c.tcgetattr(fd, termios) != 0) {
            throw failed("get the mode of");
        }
        c.cfmakeraw(termios);
        if (c.tcsetattr(fd, termios) != 0) {
            throw failed("set the mode of");
        }
        // Until it was opened once, the system does not tell that nobody has the host's end open.
        int host = c.open(name, OPEN);
        if (host < 0) {
            throw failed("open");
        }
        c.close(host);
        return Path.of(name.getString(0));
    }

    private PtyException failed(String what) {
        return new PtyException("cannot " + what + " a pseudo-terminal (system error " + c.errno() + ")");
    }
}
