package dev.entrain.agent;

import dev.entrain.telemetry.Inbound;
import dev.entrain.telemetry.Replies;

/** Hears nothing: stands where the clinic's orders come. */
final class DeafInbound implements Inbound {
    @Override
    public void onMessage(String leaf, byte[] payload, long expiryS, boolean retained, Replies replies, long nowNs) {
        // Nobody is there to do it.
    }

    @Override
    public void onConnected(Replies replies, long nowNs) {
        // Nothing to report.
    }

    @Override
    public void doWork(Replies replies, long nowNs) {
        // Nothing to do.
    }
}
