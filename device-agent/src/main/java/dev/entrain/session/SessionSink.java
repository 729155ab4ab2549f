package dev.entrain.session;

/** Receives what happens to a session. */
@FunctionalInterface
public interface SessionSink {
    /**
     * Something happened, in the order it did.
     *
     * @param event a reused view, valid until the method returns
     */
    void onSessionEvent(SessionEvent event);
}
