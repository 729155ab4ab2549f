package dev.entrain.agent;

/** An edge of the button on its way to the control thread. A mutable slot that the ring reuses. */
final class ButtonEdge {
    /** Whether the button is down from then on. */
    boolean down;

    /** When, ns of CLOCK_MONOTONIC. */
    long timeNs;
}
