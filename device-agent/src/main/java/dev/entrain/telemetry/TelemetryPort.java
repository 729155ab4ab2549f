package dev.entrain.telemetry;

/**
 * A connection to the clinic's broker. Only the outbound thread calls it; no method waits longer than it says. Failures
 * are states, never exceptions: the caller decides when to try again, and each {@link #connect} starts afresh.
 */
public interface TelemetryPort {
    /** State of the connection. */
    enum Link {
        /** Not connected, see {@link #problem()}. */
        DOWN,
        /** On the way. */
        CONNECTING,
        /** Connected. */
        UP
    }

    /** How a message travels. */
    enum Delivery {
        /** At most once, and only if the line is free: old news is not worth waiting for. */
        LIVE,
        /** At least once. */
        EVENT,
        /** At least once, and the broker shows it to whoever subscribes later. */
        RETAINED
    }

    /** No ticket. */
    long NONE = -1;

    /**
     * Begins a fresh connection and returns at once; drops an earlier one.
     *
     * @param willTopic where the broker publishes the last will, retained
     * @param will the last will
     */
    void connect(String willTopic, byte[] will);

    /** Returns the state of the connection. */
    Link link();

    /** Returns why the link is down, in a few words for a technician; empty while there is no reason to name. */
    String problem();

    /**
     * Hands a message over without waiting.
     *
     * @param ticket names the message in {@link #pollDelivered()}, at least 0; not used for LIVE
     * @return false when the message was not taken: the link is not up, or too many wait for the broker's answer
     */
    boolean publish(long ticket, String topic, byte[] payload, Delivery delivery);

    /** Returns the ticket of a message that the broker took since the last call, or {@link #NONE}. */
    long pollDelivered();

    /** Drops the connection without a farewell, within about a second: the broker will publish the last will. */
    void drop();

    /** Ends the connection in good order, within about a second: the last will is void. */
    void close();
}
