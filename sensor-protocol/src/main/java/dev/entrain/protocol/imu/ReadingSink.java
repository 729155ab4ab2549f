package dev.entrain.protocol.imu;

import dev.entrain.protocol.Reading;

/** Receives what a queue held, in order. */
@FunctionalInterface
public interface ReadingSink {
    /** Takes one reading; it is reused when the call returns. */
    void onReading(Reading reading);
}
