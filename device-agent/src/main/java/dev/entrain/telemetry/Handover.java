package dev.entrain.telemetry;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.telemetry.TelemetryPort.Delivery;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Messages on their way to the broker: handed to the port with a ticket each, until the broker answered. Bounded by the port,
 * which takes no more than its window.
 */
final class Handover {
    private final TelemetryPort port;
    private final Counters counters;
    private final Map<Long, Long> unanswered = new LinkedHashMap<>();
    private long nextTicket;
    private boolean full;

    Handover(TelemetryPort port, Counters counters) {
        this.port = port;
        this.counters = counters;
    }

    /** Hands a message over; returns its ticket, or {@link TelemetryPort#NONE} if it was not taken. */
    long hand(String topic, byte[] payload, Delivery delivery, long nowNs) {
        if (!port.publish(nextTicket, topic, payload, delivery)) {
            full = true;
            return TelemetryPort.NONE;
        }
        unanswered.put(nextTicket, nowNs);
        counters.increment(Counter.MESSAGES);
        return nextTicket++;
    }

    /** Tells that the last message was not taken and no answer came since, so that none need be made. */
    boolean full() {
        return full;
    }

    /** Returns the ticket of a message the broker took, or {@link TelemetryPort#NONE}. */
    long takeDelivered() {
        return take(port.pollDelivered());
    }

    /** Returns the ticket of a message the broker refused, or {@link TelemetryPort#NONE}. */
    long takeRefused() {
        return take(port.pollRefused());
    }

    private long take(long ticket) {
        if (ticket != TelemetryPort.NONE) {
            unanswered.remove(ticket);
            full = false;
        }
        return ticket;
    }

    /** Tells whether the broker owes an answer for longer than that. */
    boolean overdue(long limitNs, long nowNs) {
        Iterator<Long> sentNs = unanswered.values().iterator();
        return sentNs.hasNext() && nowNs - sentNs.next() > limitNs;
    }

    /** Tells whether every message has been answered. */
    boolean answered() {
        return unanswered.isEmpty();
    }

    /** Returns the largest payload the broker takes on a topic, bytes. */
    long mostBytes(String topic) {
        // Header, lengths, packet id and properties take less than 32 bytes.
        return port.mostBytes() - topic.length() - 32;
    }

    /** The connection is gone, and with it every answer. */
    void clear() {
        unanswered.clear();
        full = false;
    }
}
