package dev.entrain.realtime;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** What the kernel says of its wall clock (adjtimex(2), 64 bit Linux). Thread-safe; allocates, so not for a hot path. */
@SuppressWarnings("restricted") // Calling native code is this class's purpose; the launcher enables it.
public final class KernelClock {
    private static final long TIMEX_BYTES = 208;
    private static final long MAX_ERROR_AT = 24;
    private static final long STATUS_AT = 40;
    private static final int UNSYNCHRONISED = 0x40;
    private static final int TIME_ERROR = 5;

    private final MethodHandle adjtimex;

    /** Links the call. */
    public KernelClock() {
        Linker linker = Linker.nativeLinker();
        adjtimex = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("adjtimex"), FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    /** Returns by how much the wall clock may be wrong either way, s; not a number while nobody keeps it. */
    public double errorS() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timex = arena.allocate(TIMEX_BYTES, JAVA_LONG.byteAlignment());
            int state = (int) adjtimex.invokeExact(timex);
            if (state < 0 || state == TIME_ERROR || (timex.get(JAVA_INT, STATUS_AT) & UNSYNCHRONISED) != 0) {
                return Double.NaN;
            }
            return timex.get(JAVA_LONG, MAX_ERROR_AT) / 1e6;
        } catch (Throwable e) {
            throw new IllegalStateException("adjtimex was called wrongly", e);
        }
    }
}
