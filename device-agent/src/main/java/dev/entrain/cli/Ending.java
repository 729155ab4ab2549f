package dev.entrain.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command run until Ctrl-C, SIGTERM or a time, and then end in good order: the signal's thread waits until the
 * command has closed everything, because the virtual machine stops when it returns.
 */
final class Ending implements AutoCloseable {
    /** The bounds of all that an agent closes, together. */
    private static final long LONGEST_CLOSE_S = 24;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "entrain-signal");

    Ending() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Waits.
     *
     * @param seconds longest wait; may be infinite
     * @return whether the end was asked for before that
     */
    boolean await(double seconds) {
        long ms = seconds > 1e9 ? Long.MAX_VALUE : Math.max(0, (long) (seconds * 1000));
        try {
            return asked.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Says that everything is closed. Declare this resource first, so that it is closed last. */
    @Override
    public void close() {
        closed.countDown();
        if (asked.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void end() {
        asked.countDown();
        try {
            closed.await(LONGEST_CLOSE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Main.endLog();
    }
}
