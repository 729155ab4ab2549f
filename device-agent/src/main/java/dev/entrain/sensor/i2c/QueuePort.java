package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cException;

/** The queue of one of InvenSense's chips: where its registers are. Used by one thread. */
interface QueuePort {
    /** Resets the chip and sets it, but for the queue. */
    void start(double wantedHz) throws I2cException;

    /** Empties the queue and lets it fill from now on. */
    void restartQueue() throws I2cException;

    /** Returns whether the chip is there and still set. */
    boolean running() throws I2cException;

    /** Returns the rate that was set, Hz. */
    double rateHz();

    /** Returns how many bytes the queue can hold. */
    int capacity();

    /** Returns how many bytes are in the queue. */
    int waiting() throws I2cException;

    /** Returns once whether the queue ran over. */
    boolean overran() throws I2cException;

    /** Reads bytes of the queue. */
    void read(byte[] into, int length) throws I2cException;

    /** Returns degrees Celsius. */
    double temperatureC() throws I2cException;
}
