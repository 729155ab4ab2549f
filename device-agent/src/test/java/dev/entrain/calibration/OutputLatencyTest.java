package dev.entrain.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.OutputCalibration;
import dev.entrain.audio.OutputCalibration.OffsetSource;
import dev.entrain.calibration.OutputLatency.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputLatencyTest {
    private static final AudioConfig HEADPHONES = AudioConfig.DEFAULT.withDevice("bluealsa:DEV=00:11");

    @TempDir
    private Path folder;

    private CalibrationStore store;

    @BeforeEach
    void open() {
        store = new CalibrationStore(folder);
    }

    @Test
    void shouldPreferWhatIsWrittenToWhatWasMeasured() throws IOException {
        store.write(HEADPHONES.device(), OutputCalibration.NONE.withOffset(180, OffsetSource.BY_EAR, 12));

        OutputLatency latency = OutputLatency.ofCard(HEADPHONES.withOffsetMs(0), store);

        assertThat(latency.audio().offsetMs()).isZero();
        assertThat(latency.calibration().offsetSource()).isEqualTo(OffsetSource.CONFIGURED);
        assertThat(latency.notice()).isEmpty();
    }

    @Test
    void shouldUseWhatWasMeasuredOfThisDeviceOnly() throws IOException {
        store.write(HEADPHONES.device(), OutputCalibration.NONE.withOffset(180, OffsetSource.BY_EAR, 12));

        OutputLatency latency = OutputLatency.ofCard(HEADPHONES, store);
        OutputLatency other = OutputLatency.ofCard(HEADPHONES.withDevice("hw:CARD=DAC"), store);

        assertThat(latency.audio().offsetMs()).isEqualTo(180);
        assertThat(latency.audio().delayNs()).isEqualTo(180_000_000);
        assertThat(latency.calibration().offsetSource()).isEqualTo(OffsetSource.BY_EAR);
        assertThat(latency.notice()).contains("180.0 ms", "by ear");
        assertThat(latency.doubtful()).isFalse();
        assertThat(other.audio().offsetMs()).isZero();
        assertThat(other.calibration().offsetSource()).isEqualTo(OffsetSource.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "bluealsa, BLUETOOTH, true",
        "bluez_output.00_11.1, BLUETOOTH, true",
        "default, CHOSEN_ELSEWHERE, true",
        "pipewire, CHOSEN_ELSEWHERE, true",
        "pulse, CHOSEN_ELSEWHERE, true",
        "hw:CARD=DAC, WIRED, false",
        "'plughw:0,0', WIRED, false"
    })
    void shouldWarnOfAnUnknownOutputThatMayBeBluetooth(String device, Route route, boolean doubtful) {
        OutputLatency latency = OutputLatency.ofCard(AudioConfig.DEFAULT.withDevice(device), store);

        assertThat(OutputLatency.routeOf(device)).isEqualTo(route);
        assertThat(latency.doubtful()).isEqualTo(doubtful);
        assertThat(latency.audio().offsetMs()).isZero();
        assertThat(latency.notice()).contains("'" + device + "'", "entrain calibrate output --config");
    }

    @Test
    void shouldWalkOnWithADamagedStoreAndSayWhatToDo() throws IOException {
        Files.writeString(folder.resolve("outputs.json"), "{");

        OutputLatency latency = OutputLatency.ofCard(HEADPHONES, store);

        assertThat(latency.audio().offsetMs()).isZero();
        assertThat(latency.notice()).contains("damaged", "calibrate again");
    }

    @Test
    void shouldNotTrustAnOffsetNoOutputCanHave() throws IOException {
        store.write(HEADPHONES.device(), OutputCalibration.NONE.withOffset(900, OffsetSource.LOOPBACK, 1));

        assertThat(OutputLatency.ofCard(HEADPHONES, store).calibration().offsetSource())
                .isEqualTo(OffsetSource.UNKNOWN);
    }

    @Test
    void shouldSayNothingOfAFile() {
        OutputLatency latency = OutputLatency.ofFile(AudioConfig.DEFAULT);

        assertThat(latency.audio().offsetMs()).isZero();
        assertThat(latency.notice()).isEmpty();
    }
}
