package dev.entrain.realtime;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The kernel's periodic timer (timerfd_create(2)). The ticks that a wait returns are counted inside the kernel at the moment it
 * wakes the waiting thread, before the virtual machine may hold that thread at a safepoint: what is missing then was missing
 * outside of this process. Opened, used and closed by one thread; waiting allocates nothing.
 */
@SuppressWarnings("restricted") // Calling native code is this class's purpose; the launcher enables it.
public final class TickTimer implements AutoCloseable {
    private static final int CLOCK_MONOTONIC = 1;
    private static final int CLOEXEC = 0x80000;
    private static final int ABSOLUTE = 1;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final Linker LINKER = Linker.nativeLinker();

    private final MethodHandle read = link("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment count = arena.allocate(JAVA_LONG);
    private final int descriptor;

    /**
     * Starts.
     *
     * @param firstNs first tick, CLOCK_MONOTONIC ns
     * @param periodNs from tick to tick, ns, under 1 s
     * @throws IllegalStateException if the kernel has no such timer
     */
    public TickTimer(long firstNs, long periodNs) {
        MethodHandle create = link("timerfd_create", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        MethodHandle set =
                link("timerfd_settime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
        MemorySegment when = arena.allocate(MemoryLayout.sequenceLayout(4, JAVA_LONG));
        when.setAtIndex(JAVA_LONG, 0, 0);
        when.setAtIndex(JAVA_LONG, 1, periodNs);
        when.setAtIndex(JAVA_LONG, 2, firstNs / NS_PER_S);
        when.setAtIndex(JAVA_LONG, 3, firstNs % NS_PER_S);
        int result;
        try {
            descriptor = (int) create.invokeExact(CLOCK_MONOTONIC, CLOEXEC);
            result = (int) set.invokeExact(descriptor, ABSOLUTE, when, MemorySegment.NULL);
        } catch (Throwable e) {
            throw wrong(e);
        }
        if (result < 0) {
            close();
            throw new IllegalStateException("the kernel gives no timer");
        }
    }

    /** Waits for the next tick unless one has passed since the last wait; returns how many have passed, 0 on failure. */
    public long await() {
        try {
            long bytes = (long) read.invokeExact(descriptor, count, (long) Long.BYTES);
            return bytes == Long.BYTES ? count.get(JAVA_LONG, 0) : 0;
        } catch (Throwable e) {
            throw wrong(e);
        }
    }

    @Override
    public void close() {
        MethodHandle close = link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        try {
            int ignored = (int) close.invokeExact(descriptor);
        } catch (Throwable e) {
            throw wrong(e);
        } finally {
            arena.close();
        }
    }

    private static IllegalStateException wrong(Throwable cause) {
        return new IllegalStateException("a timer function was called wrongly", cause);
    }

    private static MethodHandle link(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
    }
}
