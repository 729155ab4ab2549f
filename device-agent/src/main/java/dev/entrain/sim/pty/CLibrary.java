package dev.entrain.sim.pty;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The functions of the C library that a pseudo-terminal needs, with their error numbers. Numbers and struct sizes are those
 * of 64-bit Linux (asm-generic/fcntl.h, poll.h, errno-base.h). Calls share one error slot, so one thread at a time.
 */
final class CLibrary {
    static final int O_RDWR = 2;
    static final int O_NOCTTY = 0x100;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final short POLLIN = 1;
    static final short POLLHUP = 16;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;

    /** Room for any struct termios; its content stays a secret of the library. */
    static final long TERMIOS_BYTES = 256;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final FunctionDescriptor INT_INT = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
    private static final FunctionDescriptor INT_PTR = FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS);
    private static final FunctionDescriptor TRANSFER = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);

    private final MethodHandle posixOpenpt = find("posix_openpt", INT_INT);
    private final MethodHandle grantpt = find("grantpt", INT_INT);
    private final MethodHandle unlockpt = find("unlockpt", INT_INT);
    private final MethodHandle close = find("close", INT_INT);
    private final MethodHandle ptsname =
            find("ptsname_r", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));
    private final MethodHandle tcgetattr = find("tcgetattr", INT_PTR);
    private final MethodHandle tcsetattr =
            find("tcsetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private final MethodHandle cfmakeraw = find("cfmakeraw", FunctionDescriptor.ofVoid(ADDRESS));
    private final MethodHandle open =
            find("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private final MethodHandle read = find("read", TRANSFER);
    private final MethodHandle write = find("write", TRANSFER);
    private final MethodHandle ppoll =
            find("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));

    private final MemorySegment state;

    CLibrary(Arena arena) {
        state = arena.allocate(STATE);
    }

    /** Error number of the last call that returned -1. */
    int errno() {
        return (int) ERRNO.get(state, 0L);
    }

    int posixOpenpt(int flags) {
        try {
            return (int) posixOpenpt.invokeExact(state, flags);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    int grantpt(int fd) {
        try {
            return (int) grantpt.invokeExact(state, fd);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    int unlockpt(int fd) {
        try {
            return (int) unlockpt.invokeExact(state, fd);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    int ptsname(int fd, MemorySegment text, long bytes) {
        try {
            return (int) ptsname.invokeExact(state, fd, text, bytes);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    int tcgetattr(int fd, MemorySegment termios) {
        try {
            return (int) tcgetattr.invokeExact(state, fd, termios);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    int tcsetattr(int fd, MemorySegment termios) {
        try {
            return (int) tcsetattr.invokeExact(state, fd, 0, termios);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    void cfmakeraw(MemorySegment termios) {
        try {
            cfmakeraw.invokeExact(state, termios);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    int open(MemorySegment path, int flags) {
        try {
            return (int) open.invokeExact(state, path, flags);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    int close(int fd) {
        try {
            return (int) close.invokeExact(state, fd);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    long read(int fd, MemorySegment into, long bytes) {
        try {
            return (long) read.invokeExact(state, fd, into, bytes);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    long write(int fd, MemorySegment from, long bytes) {
        try {
            return (long) write.invokeExact(state, fd, from, bytes);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    int ppoll(MemorySegment fds, long count, MemorySegment timeout) {
        try {
            return (int) ppoll.invokeExact(state, fds, count, timeout, MemorySegment.NULL);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @SuppressWarnings("restricted") // the launcher grants native access; descriptors are those of the C headers
    private static MethodHandle find(String name, FunctionDescriptor descriptor, Linker.Option... more) {
        MemorySegment address = LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() ->
                        new UnsatisfiedLinkError("the C library has no " + name + "; emulated insoles need Linux"));
        Linker.Option[] options = Arrays.copyOf(more, more.length + 1);
        options[more.length] = CAPTURE;
        return LINKER.downcallHandle(address, descriptor, options);
    }

    /** A native call itself never throws; this is a bug or an error of the virtual machine. */
    private static Error broken(Throwable e) {
        return e instanceof Error error ? error : new AssertionError(e);
    }
}
