package dev.entrain.realtime;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The calls of the C library behind {@link RealTime}, for 64 bit Linux (sched.h, sys/mman.h). Every method returns 0 or the
 * error number. Thread-safe; allocates, so for start-up only.
 */
@SuppressWarnings("restricted") // Calling native code is this class's purpose; the launcher enables it.
class KernelCalls {
    /** Operation not permitted. */
    static final int EPERM = 1;

    /** Out of memory: here, more than the limit on locked memory. */
    static final int ENOMEM = 12;

    private static final int SCHED_FIFO = 1;
    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    private static final int MCL_ONFAULT = 4;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle setScheduler =
            link("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private final MethodHandle lockAll = link("mlockall", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    /**
     * Puts a thread on the first-in-first-out real-time scheduler.
     *
     * @param thread its kernel id, 0 for the calling one
     * @param priority 1 to 99
     */
    int setFifo(int thread, int priority) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment parameter = arena.allocate(JAVA_INT);
            parameter.set(JAVA_INT, 0, priority);
            int result = (int) setScheduler.invokeExact(state, thread, SCHED_FIFO, parameter);
            return result == 0 ? 0 : (int) ERRNO.get(state, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("sched_setscheduler was called wrongly", e);
        }
    }

    /** Keeps every page of the process that is or will be touched in memory; untouched ones cost nothing. */
    int lockMemory() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) lockAll.invokeExact(state, MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
            return result == 0 ? 0 : (int) ERRNO.get(state, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("mlockall was called wrongly", e);
        }
    }

    private static MethodHandle link(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, CAPTURE);
    }
}
