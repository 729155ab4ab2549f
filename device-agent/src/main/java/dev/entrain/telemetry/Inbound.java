package dev.entrain.telemetry;

/**
 * Takes what the clinic sends to this unit. Called on the outbound thread; never throws. A message is acknowledged to the
 * broker when {@link #onMessage} returned, so what it changes must be durable by then.
 */
public interface Inbound {
    /** The broker named no expiry. */
    long NEVER = -1;

    /**
     * A message arrived.
     *
     * @param leaf the topic below {@code gait/v1/{unit}/down/}: {@code rx}, {@code cfg} or {@code cmd}
     * @param payload as it came, of any size and content
     * @param expiryS what is left of the message's life, s, or {@link #NEVER}
     * @param retained whether it is the broker's copy of an earlier message
     */
    void onMessage(String leaf, byte[] payload, long expiryS, boolean retained, Replies replies, long nowNs);

    /** A connection to the broker is there: time to report. */
    void onConnected(Replies replies, long nowNs);

    /** Called once a round, connected or not. */
    void doWork(Replies replies, long nowNs);
}
