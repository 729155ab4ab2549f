package dev.entrain.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.sim.board.MemoryLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpioButtonTest {
    @Test
    void shouldTakeALowLineForAPressAndNeverGoBackInTime() throws IOException {
        List<String> heard = new ArrayList<>();
        try (MemoryLines lines = new MemoryLines()) {
            GpioButton.listen(lines, 17, (down, timeNs) -> heard.add(down + "@" + timeNs));
            lines.drive(17, false, 100);
            lines.drive(17, true, 90);
            lines.drive(18, false, 95);
            lines.drive(17, false, 200);
        }
        assertThat(heard).containsExactly("true@100", "false@100", "true@200");
    }
}
