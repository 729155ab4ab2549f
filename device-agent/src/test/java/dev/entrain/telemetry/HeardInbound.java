package dev.entrain.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what comes for a unit, and can be made to fail. */
public final class HeardInbound implements Inbound {
    /** A message as it came. */
    public record Heard(String leaf, String payload, long expiryS, boolean retained) {}

    /** What came. */
    public final List<Heard> heard = new CopyOnWriteArrayList<>();

    /** Times a connection came. */
    public volatile int connections;

    /** Whether each message trips a bug. */
    public volatile boolean failing;

    @Override
    public void onMessage(String leaf, byte[] payload, long expiryS, boolean retained, Replies replies, long nowNs) {
        heard.add(new Heard(leaf, new String(payload, StandardCharsets.UTF_8), expiryS, retained));
        if (failing) {
            throw new IllegalStateException("a bug, planted");
        }
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // The outbound thread alone writes it.
    public void onConnected(Replies replies, long nowNs) {
        connections++;
        replies.publish("reported", "{}".getBytes(StandardCharsets.UTF_8), true);
    }

    @Override
    public void doWork(Replies replies, long nowNs) {
        // It never has anything to say on its own.
    }
}
