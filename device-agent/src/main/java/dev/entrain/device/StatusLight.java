package dev.entrain.device;

import dev.entrain.bus.GpioLines;
import dev.entrain.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The status light: shows one rhythm until it is given another. Its own thread sleeps from change to change, so {@link #show}
 * never waits for anything, whoever calls it.
 */
public final class StatusLight implements Runnable, AutoCloseable {
    /** A rhythm that does not change is looked at so often, ns. */
    private static final long LONGEST_NS = 1_000_000_000L;

    private static final Duration END = Duration.ofSeconds(1);

    private final GpioLines.Output output;
    private final NanoClock clock;
    private final Thread thread;
    private LightPattern shown = LightPattern.OFF;
    private long sinceNs;
    private boolean lit;
    private volatile LightPattern wanted = LightPattern.OFF;
    private volatile boolean stopping;

    /** Makes a light that is dark; {@link #start} sets the thread working. */
    public StatusLight(GpioLines.Output output, NanoClock clock) {
        this.output = output;
        this.clock = clock;
        thread = Thread.ofPlatform().daemon().name("entrain-light").unstarted(this);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Any thread: shows a rhythm from now on; the one that is shown already goes on. */
    public void show(LightPattern pattern) {
        if (wanted != pattern) {
            wanted = pattern;
            LockSupport.unpark(thread);
        }
    }

    /** Any thread: returns what it was last told to show. */
    public LightPattern pattern() {
        return wanted;
    }

    @Override
    public void run() {
        while (!stopping) {
            LockSupport.parkNanos(this, advance(clock.nowNs()));
        }
        set(false);
    }

    /** Sets the light as it is to be now; returns how long that holds, ns. */
    long advance(long nowNs) {
        LightPattern now = wanted;
        if (now != shown) {
            shown = now;
            sinceNs = nowNs;
        }
        long sinceBeginNs = nowNs - sinceNs;
        set(shown.lit(sinceBeginNs));
        return Math.min(LONGEST_NS, shown.changesInNs(sinceBeginNs));
    }

    private void set(boolean on) {
        if (on != lit) {
            lit = on;
            output.set(on);
        }
    }

    /** Dark, and the thread ends. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            if (thread.isAlive()) {
                thread.join(END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
