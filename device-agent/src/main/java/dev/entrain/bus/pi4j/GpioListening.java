package dev.entrain.bus.pi4j;

import com.pi4j.library.gpiod.internal.GpioDException;
import com.pi4j.library.gpiod.internal.GpioLine;
import com.pi4j.library.gpiod.internal.GpioLineEvent;
import com.pi4j.library.gpiod.internal.LineEvent;
import dev.entrain.bus.GpioLines.EdgeListener;
import dev.entrain.time.NanoClock;
import java.time.Duration;
import org.tinylog.Logger;

/** A thread that waits for the edges of one input line and passes them on with the kernel's times. */
final class GpioListening implements Runnable {
    /** Longest wait for an edge, ns: how soon {@link #stop} is noticed. */
    private static final long WAIT_NS = 500_000_000L;

    private static final Duration END = Duration.ofSeconds(2);

    /** The kernel's time of an edge (CLOCK_MONOTONIC since Linux 5.7) that is farther from now than this is none, ns. */
    private static final long TRUE_NS = 2_000_000_000L;

    /** So many failures in a row, and the line is given up. */
    private static final int MOST_FAILURES = 10;

    private final int number;
    private final GpioLine line;
    private final GpioLineEvent slot;
    private final EdgeListener listener;
    private final NanoClock clock;
    private final Thread thread;
    private volatile boolean stopping;

    private GpioListening(int number, GpioLine line, GpioLineEvent slot, EdgeListener listener, NanoClock clock) {
        this.number = number;
        this.line = line;
        this.slot = slot;
        this.listener = listener;
        this.clock = clock;
        thread = Thread.ofPlatform().daemon().name("gpio-" + number).unstarted(this);
    }

    /** Starts listening to a line that was requested for both edges. */
    static GpioListening start(int number, GpioLine line, GpioLineEvent slot, EdgeListener listener, NanoClock clock) {
        GpioListening started = new GpioListening(number, line, slot, listener, clock);
        started.thread.start();
        return started;
    }

    @Override
    public void run() {
        int failures = 0;
        while (!stopping && failures < MOST_FAILURES) {
            try {
                if (line.eventWait(WAIT_NS)) {
                    line.eventRead(slot);
                    long nowNs = clock.nowNs();
                    long toldNs = slot.getTimeNs();
                    long timeNs = Math.abs(nowNs - toldNs) <= TRUE_NS ? toldNs : nowNs;
                    listener.edge(slot.getType() == LineEvent.RISING_EDGE, timeNs);
                }
                failures = 0;
            } catch (GpioDException e) {
                failures++;
                if (failures == MOST_FAILURES) {
                    Logger.error("GPIO {} is not heard any more: {}. Restart the agent.", number, e.getMessage());
                }
            }
        }
    }

    /** Ends it; returns whether the thread is gone. */
    boolean stop() {
        stopping = true;
        try {
            return thread.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
