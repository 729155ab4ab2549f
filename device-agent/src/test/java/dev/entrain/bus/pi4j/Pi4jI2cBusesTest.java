package dev.entrain.bus.pi4j;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.bus.I2cException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What can be tried of the adapter without a Raspberry Pi; the device lane (deploy/device-test) moves real bytes. */
class Pi4jI2cBusesTest {
    @Test
    @DisabledIfSystemProperty(named = "os.arch", matches = "aarch64|arm")
    void shouldSayThatTheNativeLibrariesAreMadeForArm() {
        assertThatThrownBy(() -> new Pi4jI2cBuses().open(Path.of("/dev/i2c-1")))
                .isInstanceOf(I2cException.class)
                .hasMessageContaining("/dev/i2c-1: I2C sensors need a Raspberry Pi")
                .hasMessageContaining("use sensors on serial lines");
    }

    @Test
    @EnabledIfSystemProperty(named = "os.arch", matches = "aarch64|arm")
    void shouldSayThatThereIsNoSuchBus() {
        assertThatThrownBy(() -> new Pi4jI2cBuses().open(Path.of("/dev/i2c-99")))
                .isInstanceOf(I2cException.class)
                .hasMessageContaining("there is no such I2C bus");
    }
}
