package dev.entrain.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.audio.OutputCalibration;
import dev.entrain.audio.OutputCalibration.OffsetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class CalibrationStoreTest {
    @Test
    void shouldKnowNothingBeforeTheFirstCalibration(@TempDir Path folder) throws IOException {
        assertThat(new CalibrationStore(folder.resolve("state")).read("hw:CARD=DAC"))
                .isEqualTo(OutputCalibration.NONE);
    }

    @Test
    void shouldKeepEachOutputsCalibrationAcrossRestarts(@TempDir Path folder) throws IOException {
        Path state = folder.resolve("state");
        OutputCalibration wired = OutputCalibration.NONE
                .withOffset(1.75, OffsetSource.LOOPBACK, 0.02)
                .withFullScale(104.5);
        OutputCalibration wireless = OutputCalibration.NONE.withOffset(182, OffsetSource.BY_EAR, 11);
        new CalibrationStore(state).write("hw:CARD=DAC", wired);
        new CalibrationStore(state).write("bluealsa", wireless);
        CalibrationStore later = new CalibrationStore(state);
        assertThat(later.read("hw:CARD=DAC")).isEqualTo(wired);
        assertThat(later.read("bluealsa")).isEqualTo(wireless);
        assertThat(later.read("default")).isEqualTo(OutputCalibration.NONE);
    }

    @Test
    void shouldSayBeforehandThatNothingCouldBeKept(@TempDir Path folder) throws IOException {
        CalibrationStore store = new CalibrationStore(folder.resolve("state"));
        store.checkWritable();
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new CalibrationStore(file.resolve("state")).checkWritable())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("state_dir");
    }

    @Test
    void shouldNameADamagedFileAndTheWayOut(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("outputs.json"), "{\"default\": {\"offset_source\": \"GUESS\"}}");
        assertThatThrownBy(() -> new CalibrationStore(folder).read("default"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("outputs.json is damaged")
                .hasMessageContaining("calibrate again");
        Files.writeString(folder.resolve("outputs.json"), "{");
        assertThatThrownBy(() -> new CalibrationStore(folder).write("default", OutputCalibration.NONE))
                .hasMessageContaining("outputs.json is damaged");
        assertThat(Files.readString(folder.resolve("outputs.json"))).isEqualTo("{");
    }
}
