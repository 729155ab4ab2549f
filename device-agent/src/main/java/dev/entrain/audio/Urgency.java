package dev.entrain.audio;

/**
 * How urgent the sound thread is to the machine. It is called on that thread: with true once a first period has sounded, with
 * false when the output is closed. What opens an output runs for the first time and links as it goes, and the virtual machine
 * waits for other threads there without giving way: above them, it would never let them run.
 */
@FunctionalInterface
public interface Urgency {
    /** Leaves the thread as it is. */
    Urgency NONE = urgent -> {};

    /** Sets how urgent the calling thread is. */
    void set(boolean urgent);
}
