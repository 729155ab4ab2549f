package dev.entrain.telemetry;

import dev.entrain.journal.RecordKind;
import dev.entrain.telemetry.TelemetryPort.Delivery;

/** How records of a kind travel: many in one message, or each alone on a topic of its own. */
enum Carriage {
    /** With others. */
    EVENTS("ev", Delivery.EVENT),
    /** A session's beginning or end. */
    SESSION("session", Delivery.EVENT),
    /** What the monotonic clock means. */
    CLOCK("clock", Delivery.EVENT),
    /** The proof of timing; the newest is the unit's latest word. */
    TIMING("timing", Delivery.RETAINED);

    private final String leaf;
    private final Delivery delivery;

    Carriage(String leaf, Delivery delivery) {
        this.leaf = leaf;
        this.delivery = delivery;
    }

    static Carriage of(RecordKind kind) {
        return switch (kind) {
            case SESSION -> SESSION;
            case CLOCK -> CLOCK;
            case TIMING -> TIMING;
            case STEP, STRIDE, CUE, SILENCE, FREEZE, EVENT, SONG, GAP, FAULT, LOST -> EVENTS;
        };
    }

    /** Returns the topic below {@code up/}. */
    String leaf() {
        return leaf;
    }

    Delivery delivery() {
        return delivery;
    }

    /** Tells whether such a record fills a message. */
    boolean alone() {
        return this != EVENTS;
    }
}
