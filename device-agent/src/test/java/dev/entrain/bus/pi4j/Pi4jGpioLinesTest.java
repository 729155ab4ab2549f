package dev.entrain.bus.pi4j;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.entrain.time.NanoClock;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What can be seen without a board; the lines themselves only the device lane covers. */
class Pi4jGpioLinesTest {
    @Test
    void shouldSayClearlyThatOtherMachinesHaveNoLines() {
        assumeThat(System.getProperty("os.arch")).isNotIn("aarch64", "arm");
        try (Pi4jGpioLines lines = new Pi4jGpioLines(NanoClock.SYSTEM)) {
            assertThatThrownBy(() -> lines.output(27))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("GPIO lines need a Raspberry Pi")
                    .hasMessageContaining("[board]");
            assertThatThrownBy(() -> lines.listen(17, (high, timeNs) -> {})).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldRefuseALineThatNoBoardHas() {
        try (Pi4jGpioLines lines = new Pi4jGpioLines(NanoClock.SYSTEM)) {
            assertThatThrownBy(() -> lines.output(54)).hasMessageContaining("0 to 53");
        }
    }
}
