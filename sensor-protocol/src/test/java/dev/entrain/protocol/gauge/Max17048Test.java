package dev.entrain.protocol.gauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Vectors worked out by hand from the datasheet's units and defaults (19-6171, register summary). */
class Max17048Test {
    @Test
    void shouldReadRegistersUpperByteFirst() {
        assertThat(Max17048.word(new byte[] {(byte) 0x97, 0x1C})).isEqualTo(0x971C);
        assertThat(Max17048.word(new byte[] {(byte) 0xFF, (byte) 0xFF})).isEqualTo(0xFFFF);
    }

    @Test
    void shouldScaleVoltageAsTheDatasheetSays() {
        assertThat(Max17048.volts(0x0000)).isZero();
        // 3.7 V / 78.125 uV = 47360
        assertThat(Max17048.volts(47_360)).isCloseTo(3.7, within(1e-9));
        assertThat(Max17048.volts(0xFFFF)).isCloseTo(5.11992, within(1e-5));
    }

    @Test
    void shouldScaleChargeInParts256OfAPercent() {
        assertThat(Max17048.chargePct(0x3200)).isEqualTo(50.0);
        assertThat(Max17048.chargePct(0x0F80)).isEqualTo(15.5);
        assertThat(Max17048.chargePct(0x6480)).isEqualTo(100.5);
    }

    @Test
    void shouldReadTheRateAsSigned() {
        assertThat(Max17048.ratePctPerHour(0x0000)).isZero();
        assertThat(Max17048.ratePctPerHour(0x0030)).isCloseTo(9.984, within(1e-9));
        assertThat(Max17048.ratePctPerHour(0xFFD0)).isCloseTo(-9.984, within(1e-9));
    }

    @Test
    void shouldKnowItsFamilyByTheVersion() {
        assertThat(Max17048.knownVersion(0x0012)).isTrue();
        assertThat(Max17048.knownVersion(0x0011)).isTrue();
        assertThat(Max17048.knownVersion(0x0000)).isFalse();
        assertThat(Max17048.knownVersion(0xFFFF)).isFalse();
    }

    @Test
    void shouldReadAndSetTheAlertAndNothingElse() {
        int powerUp = 0x971C;
        assertThat(Max17048.alertPct(powerUp)).isEqualTo(4);
        assertThat(Max17048.alerted(powerUp)).isFalse();
        assertThat(Max17048.withAlert(powerUp, 5)).isEqualTo(0x971B);
        assertThat(Max17048.withAlert(powerUp, 1)).isEqualTo(0x971F);
        assertThat(Max17048.withAlert(powerUp, 32)).isEqualTo(0x9700);
        int rang = 0x973C;
        assertThat(Max17048.alerted(rang)).isTrue();
        assertThat(Max17048.withAlert(rang, 4)).isEqualTo(powerUp);
        assertThatThrownBy(() -> Max17048.withAlert(powerUp, 33)).isInstanceOf(IllegalArgumentException.class);
    }
}
