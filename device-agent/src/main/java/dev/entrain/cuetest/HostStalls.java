package dev.entrain.cuetest;

import dev.entrain.audio.TimingHistogram;
import dev.entrain.realtime.TickTimer;
import dev.entrain.time.NanoClock;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Watches whether the machine lets anybody run, with a timer of 1 ms on a thread of the sound thread's priority. Ticks that the
 * kernel itself could not deliver in time are the machine's ({@link #machine}); time this thread spent away from the timer, at
 * safepoints mostly, is the virtual machine's ({@link #process}). Watching allocates nothing.
 */
public final class HostStalls implements Runnable, AutoCloseable {
    private static final long TICK_NS = 1_000_000L;

    /** A stall worth remembering with its time. */
    private static final long LONG_NS = 5_000_000L;

    private static final int REMEMBERED = 64;

    private final NanoClock time;
    private final TimingHistogram machine = new TimingHistogram();
    private final TimingHistogram process = new TimingHistogram();
    private final AtomicLongArray ends = new AtomicLongArray(REMEMBERED);
    private final AtomicLongArray sizes = new AtomicLongArray(REMEMBERED);
    private int next;
    private Runnable lift = () -> {};
    private volatile boolean stopping;

    /** Watches nothing until it runs. */
    public HostStalls(NanoClock time) {
        this.time = time;
    }

    /**
     * Starts a thread of its own; it ends when closed.
     *
     * @param onTick what the thread does at its first tick, to be lifted to its priority
     */
    public void start(Runnable onTick) {
        lift = onTick;
        Thread.ofPlatform().name("host-stalls").daemon().start(this);
    }

    @Override
    public void run() {
        long nextNs = time.nowNs() + TICK_NS;
        try (TickTimer timer = new TickTimer(nextNs, TICK_NS)) {
            nextNs += timer.await() * TICK_NS;
            lift.run();
            while (!stopping) {
                long awayNs = time.nowNs() - nextNs;
                long ticks = timer.await();
                if (ticks <= 0) {
                    return;
                }
                nextNs += ticks * TICK_NS;
                if (awayNs >= 0) {
                    process.add(awayNs);
                } else {
                    stalled((ticks - 1) * TICK_NS, nextNs);
                }
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
    }

    /** Returns by how much the machine was late with each tick, in whole ms. */
    public TimingHistogram machine() {
        return machine;
    }

    /** Returns how long this process kept the thread from asking for a tick that was due. */
    public TimingHistogram process() {
        return process;
    }

    /** Returns whether the machine stood still for at least a time, in a stall that ended between two moments, ns. */
    boolean stalled(long fromNs, long toNs, long leastNs) {
        for (int i = 0; i < REMEMBERED; i++) {
            long endNs = ends.get(i);
            if (sizes.get(i) >= leastNs && endNs - fromNs >= 0 && endNs - toNs <= 0) {
                return true;
            }
        }
        return false;
    }

    /** The machine was late with a tick that came at last at a moment. */
    void stalled(long sizeNs, long endNs) {
        machine.add(sizeNs);
        if (sizeNs >= LONG_NS) {
            sizes.set(next, 0);
            ends.set(next, endNs);
            sizes.set(next, sizeNs);
            next = (next + 1) % REMEMBERED;
        }
    }
}
