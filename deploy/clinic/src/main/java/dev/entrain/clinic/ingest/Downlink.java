package dev.entrain.clinic.ingest;

import dev.entrain.clinic.Unit;

/** Messages from the clinic down to a unit. Thread-safe. */
public interface Downlink {
    /**
     * Publishes with QoS 1 and waits for the broker's answer, at most 5 s.
     *
     * @param word rx, cfg or cmd
     * @param retained whether the broker keeps it for the unit
     * @param expiryS how long it is worth anything, s; 0 is for ever
     * @return whether the broker took it; false means unknown
     */
    boolean send(Unit unit, String word, byte[] payload, boolean retained, int expiryS);
}
