package dev.entrain.agent;

import java.time.Duration;
import org.tinylog.Logger;

/** Waits for a thread that was asked to end. */
final class ThreadEnd {
    private ThreadEnd() {}

    /** Waits within a limit; interrupts a thread that does not end by then. */
    static void await(Thread thread, Duration limit) {
        try {
            if (thread.isAlive() && !thread.join(limit)) {
                Logger.warn("Thread {} did not end within {} s", thread.getName(), limit.toSeconds());
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
