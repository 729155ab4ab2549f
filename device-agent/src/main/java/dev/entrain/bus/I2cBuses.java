package dev.entrain.bus;

import java.nio.file.Path;

/** Where the I2C buses of this board come from. */
public interface I2cBuses {
    /**
     * Opens a bus; whoever asks twice for the same device shares it until both closed it.
     *
     * @param device such as /dev/i2c-1; a symbolic link is followed anew at each call
     * @throws I2cException NO_BUS or NOT_ALLOWED, with what to do
     */
    I2cBus open(Path device) throws I2cException;
}
