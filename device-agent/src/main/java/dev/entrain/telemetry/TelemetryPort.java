package dev.entrain.telemetry;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
        /** Connected, and the broker has answered what was subscribed. */
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

    /**
     * A message for this unit.
     *
     * @param payload at most {@link #MOST_DOWN_BYTES}
     * @param expiryS what is left of its life, s, or {@link Inbound#NEVER}
     * @param retained whether it is the broker's copy of an earlier message
     * @param atNs when it came, on the system's clock, ns
     * @param receipt names it in {@link #done}
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed from thread to thread once, never compared.
    record Arrival(String topic, byte[] payload, long expiryS, boolean retained, long atNs, long receipt) {}

    /** No ticket. */
    long NONE = -1;

    /** Largest payload taken from the broker, bytes; longer ones are dropped and counted before anybody looks at them. */
    int MOST_DOWN_BYTES = 65_536;

    /**
     * Begins a fresh connection and returns at once; drops an earlier one.
     *
     * @param willTopic where the broker publishes the last will, retained
     * @param will the last will
     * @param wanted topics to subscribe, at least once each; the broker keeps what comes for them while the unit is away
     */
    void connect(String willTopic, byte[] will, List<String> wanted);

    /** Returns the state of the connection. */
    Link link();

    /** Returns why the link is down, in a few words for a technician; empty while there is no reason to name. */
    String problem();

    /**
     * Returns which messages or subscriptions the broker refused on this connection, in a few words for a technician; empty
     * while there were none. The connection goes on.
     */
    String refusal();

    /** Returns the largest message the broker takes, bytes with topic and header. */
    long mostBytes();

    /**
     * Hands a message over without waiting.
     *
     * @param ticket names the message in {@link #pollDelivered()}, at least 0; not used for LIVE
     * @return false when the message was not taken: the link is not up, or too many wait for the broker's answer
     */
    boolean publish(long ticket, String topic, byte[] payload, Delivery delivery);

    /** Returns the ticket of a message that the broker took since the last call, or {@link #NONE}. */
    long pollDelivered();

    /** Returns the ticket of a message that the broker refused since the last call, or {@link #NONE}. */
    long pollRefused();

    /** Returns a message for this unit that came since the last call, or null. */
    @Nullable
    Arrival pollArrived();

    /** Tells the broker that an arrival need not come again. Of an earlier connection: nothing happens. */
    void done(Arrival arrival);

    /** Drops the connection without a farewell, within about a second: the broker will publish the last will. */
    void drop();

    /** Ends the connection in good order, within about a second: the last will is void. */
    void close();
}
