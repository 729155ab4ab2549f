package dev.entrain.protocol;

/** Receives the messages of one sensor. Arguments that are not records are reused views, valid until the call returns. */
public interface MessageSink {
    /** The sensor says who it is. Cold: once per connection and on request. */
    void onHello(Hello hello);

    /** One reading, already in SI units. Readings of one batch come one by one, oldest first. */
    void onReading(Reading reading);

    /** Battery, temperature and faults. Cold: about once a second at most. */
    void onStatus(DeviceStatus status);

    /** The answer to a time-sync ping. Cold. */
    void onPong(Pong pong);

    /**
     * Acknowledgement or refusal of a command. Cold. Does nothing unless overridden, as most dialects have no such
     * message.
     */
    default void onReply(Reply reply) {}
}
