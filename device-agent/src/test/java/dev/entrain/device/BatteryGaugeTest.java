package dev.entrain.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.protocol.gauge.Max17048;
import dev.entrain.sim.board.MemoryGauge;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BatteryGaugeTest {
    private static final long LOOK_NS = 5_000_000_000L;

    private final MemoryGauge chip = new MemoryGauge();
    private final BatteryGauge gauge = new BatteryGauge(chip, Path.of("/dev/i2c-1"), 5);

    private BatteryReading read() {
        return Objects.requireNonNull(gauge.read(), gauge.trouble());
    }

    @Test
    void shouldReadChargeVoltageAndRate() {
        chip.cell(42.5, 3.71, -9.984);
        BatteryReading reading = read();
        assertThat(reading.chargePct()).isEqualTo(42.5);
        assertThat(reading.volts()).isCloseTo(3.71, within(1e-4));
        assertThat(reading.ratePctPerHour()).isCloseTo(-9.984, within(1e-9));
    }

    @Test
    void shouldSetTheAlertAndLeaveTheCompensationAlone() {
        read();
        assertThat(Max17048.alertPct(chip.get(Max17048.CONFIG))).isEqualTo(5);
        assertThat(chip.get(Max17048.CONFIG) & 0xFF00).isEqualTo(0x9700);
    }

    @Test
    void shouldTakeAMissingGaugeForAStateAndFindItAgain() {
        chip.missing(true);
        assertThat(gauge.read()).isNull();
        assertThat(gauge.trouble()).contains("/dev/i2c-1", "0x36");
        chip.missing(false);
        read();
        assertThat(gauge.trouble()).isEmpty();
    }

    @Test
    void shouldRefuseAnotherChipAtItsAddress() {
        chip.set(Max17048.VERSION, 0xFFFF);
        assertThat(gauge.read()).isNull();
        assertThat(gauge.trouble()).contains("no MAX17048", "ffff");
    }

    @Test
    void shouldSayNothingOfAChargeThatCannotBeAndTellWhy() {
        UnitBattery battery = new UnitBattery(gauge, new BatteryPolicy(5), () -> 0);
        chip.cell(0, 0, 0);
        for (int i = 1; i <= 20; i++) {
            battery.look(i * LOOK_NS);
        }
        assertThat(battery.state().known()).isFalse();
        assertThat(battery.state().empty()).isFalse();
        assertThat(battery.state().trouble()).contains("cannot be");
        chip.cell(50, 3.75, -8);
        for (int i = 21; i <= 25; i++) {
            battery.look(i * LOOK_NS);
        }
        assertThat(battery.state().percent()).isEqualTo(50);
        assertThat(battery.state().trouble()).isEmpty();
    }
}
