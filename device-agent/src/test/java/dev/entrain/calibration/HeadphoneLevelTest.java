package dev.entrain.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HeadphoneLevelTest {
    @Test
    void shouldAddWhatTheToneLiesBelowFullScale() {
        assertThat(HeadphoneLevel.fromReading(72.5, -40)).isEqualTo(112.5);
    }

    @Test
    void shouldTakeTheVoltageOfFullScaleIntoAccount() {
        assertThat(HeadphoneLevel.fromDatasheet(115, 1)).isEqualTo(115);
        assertThat(HeadphoneLevel.fromDatasheet(115, 0.5)).isCloseTo(108.98, within(0.01));
    }

    @Test
    void shouldRefuseWhatCannotBeAndSayWhatToLookAt() {
        assertThatThrownBy(() -> HeadphoneLevel.fromReading(30, -40))
                .hasMessageContaining("reading")
                .hasMessageContaining("meter");
        assertThatThrownBy(() -> HeadphoneLevel.fromReading(Double.NaN, -40)).hasMessageContaining("reading");
        assertThatThrownBy(() -> HeadphoneLevel.fromReading(50, -20))
                .hasMessageContaining("full scale")
                .hasMessageContaining("mixer");
        assertThatThrownBy(() -> HeadphoneLevel.fromDatasheet(16, 1)).hasMessageContaining("milliwatt");
        assertThatThrownBy(() -> HeadphoneLevel.fromDatasheet(115, 30)).hasMessageContaining("r.m.s.");
    }
}
