package dev.entrain.telemetry;

/** Publishes what a unit says in reply to the clinic. Used on the outbound thread only. */
@FunctionalInterface
public interface Replies {
    /**
     * Hands a message over without waiting.
     *
     * @param leaf the topic below {@code gait/v1/{unit}/up/}
     * @param payload JSON in UTF-8
     * @param retained whether the broker shows it to whoever subscribes later
     * @return false if it was not taken: no connection, or too many wait; say it again later
     */
    boolean publish(String leaf, byte[] payload, boolean retained);
}
