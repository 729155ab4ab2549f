package dev.entrain.device;

import dev.entrain.bus.GpioLines;
import java.io.IOException;

/** The patient's button between a GPIO line and ground: pressed is low. Bounce is left in; who reads it takes it out. */
public final class GpioButton {
    /** Hears the button. */
    @FunctionalInterface
    public interface Listener {
        /**
         * The button went down or up, on a thread of the board's adapter.
         *
         * @param down whether it is down from now on
         * @param timeNs when, CLOCK_MONOTONIC ns, never before the one before
         */
        void edge(boolean down, long timeNs);
    }

    private final Listener listener;
    private boolean any;
    private long lastNs;

    private GpioButton(Listener listener) {
        this.listener = listener;
    }

    /**
     * Listens to the button.
     *
     * @param line number of the GPIO line
     * @throws IOException a sentence for a technician
     */
    public static void listen(GpioLines lines, int line, Listener listener) throws IOException {
        lines.listen(line, new GpioButton(listener)::edge);
    }

    private synchronized void edge(boolean high, long timeNs) {
        long orderedNs = any && timeNs - lastNs < 0 ? lastNs : timeNs;
        any = true;
        lastNs = orderedNs;
        listener.edge(!high, orderedNs);
    }
}
