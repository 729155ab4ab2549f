package dev.entrain.sensor.i2c;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.sample.Foot;
import dev.entrain.sensor.I2cConfig;
import dev.entrain.sim.chip.ChipClock;
import dev.entrain.sim.chip.EmulatedBuses;
import dev.entrain.sim.chip.EmulatedChip;
import dev.entrain.sim.chip.EmulatedLsm6;
import dev.entrain.sim.chip.Motion;
import dev.entrain.time.NanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Self-tests of emulated chips, in real time for they wait on the chip. */
class SelfTestTest {
    private static final Motion REST = (timeNs, into) -> into.azMps2 = 9.80665;

    private static SelfTest.Result run(ImuChip kind, EmulatedChip chip) {
        EmulatedBuses buses = new EmulatedBuses(NanoClock.SYSTEM, ns -> {}, 1);
        buses.plug(ChipRig.BUS, kind.firstAddress(), chip);
        return SelfTest.run(buses, new I2cConfig(ChipRig.BUS, kind.firstAddress(), null, Foot.LEFT, 208));
    }

    @ParameterizedTest
    @EnumSource(ImuChip.class)
    void shouldPassASoundChipAtRest(ImuChip kind) {
        SelfTest.Result result = run(kind, ChipRig.chip(kind, REST, new ChipClock(0, 0), true));
        assertThat(result.sentence()).contains("passed", kind.word());
        assertThat(result.passed()).isTrue();
    }

    @Test
    void shouldFailAChipWhoseGyroscopeDoesNotAnswer() {
        EmulatedLsm6 chip = new EmulatedLsm6(ImuChip.LSM6DSOX, REST, new ChipClock(0, 0), true);
        chip.breakSelfTest();
        SelfTest.Result result = run(ImuChip.LSM6DSOX, chip);
        assertThat(result.passed()).isFalse();
        assertThat(result.sentence()).contains("failed", "0 0 0 deg/s", "replace the sensor");
    }

    @Test
    void shouldAskForRestWhenTheFootMoves() {
        Motion shaking = (timeNs, into) -> into.gxRadps = 3 * Math.sin(timeNs * 1e-9 * 20);
        SelfTest.Result result =
                run(ImuChip.LSM6DSOX, ChipRig.chip(ImuChip.LSM6DSOX, shaking, new ChipClock(0, 0), true));
        assertThat(result.passed()).isFalse();
        assertThat(result.sentence()).contains("keep it still and try again");
    }

    @Test
    void shouldSayWhatToDoWhenNobodyAnswers() {
        EmulatedBuses buses = new EmulatedBuses(NanoClock.SYSTEM, ns -> {}, 1);
        buses.plug(ChipRig.BUS, 0x6b, ChipRig.chip(ImuChip.LSM6DSOX, REST, new ChipClock(0, 0), true));
        SelfTest.Result result = SelfTest.run(buses, new I2cConfig(ChipRig.BUS, 0x6a, null, Foot.LEFT, 208));
        assertThat(result.passed()).isFalse();
        assertThat(result.sentence()).contains("nobody answers at 0x6a");
    }
}
