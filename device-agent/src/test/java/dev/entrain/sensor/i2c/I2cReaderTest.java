package dev.entrain.sensor.i2c;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.entrain.health.Counter;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.I2cConfig;
import dev.entrain.sensor.SensorState;
import dev.entrain.sim.chip.ChipClock;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every chip as registers, with its own drifting clock; only the chip is not real. */
class I2cReaderTest {
    @ParameterizedTest
    @CsvSource({
        "LSM6DSOX, 0.02", "LSM6DSOX, -0.02", "LSM6DS3TR_C, 0.02", "LSM6DS3TR_C, -0.05",
        "ICM_20948, 0.02", "MPU_6050, -0.01", "MPU_6050, 0", "MPU_6500, 0.01"
    })
    void shouldGiveReadingsTheTimeAtWhichTheyWereMade(ImuChip kind, double skew) {
        ChipRig rig = new ChipRig(kind, skew);
        rig.run(60);

        assertThat(rig.reader.state()).isEqualTo(SensorState.FLOWING);
        assertThat(rig.samples.size()).isBetween(rig.made.size() - 3, rig.made.size());
        assertThat(rig.counters.get(Counter.SAMPLES_LOST)).isZero();
        assertThat(rig.counters.get(Counter.BUS_FAULTS)).isZero();
        assertThat(rig.worstErrorMs(3)).isLessThan(1.5);
        assertThat(rig.reader.intake().reanchors()).isZero();
    }

    @Test
    void shouldNotTrustTheToldFractionOfTheClockMoreThanTheClock() {
        ChipRig rig = new ChipRig(ImuChip.LSM6DSOX, new ChipClock(0.02, 0), ChipRig.TRUTH, false);
        rig.run(30);

        assertThat(rig.worstErrorMs(3)).isLessThan(1.5);
        assertThat(rig.reader.intake().skewPpm()).isBetween(19_000.0, 21_000.0);
    }

    @ParameterizedTest
    @EnumSource(ImuChip.class)
    void shouldLoseNothingWhenOneInAHundredTransfersIsNotAcknowledged(ImuChip kind) {
        ChipRig rig = new ChipRig(kind, 0.01);
        rig.buses.nack(0.01);
        rig.run(60);

        assertThat(rig.buses.nacks()).isGreaterThan(50);
        assertThat(rig.counters.get(Counter.BUS_FAULTS)).isEqualTo(rig.buses.nacks());
        assertThat(rig.samples.size()).isBetween(rig.made.size() - 3, rig.made.size());
        assertThat(rig.counters.get(Counter.SAMPLES_LOST)).isZero();
        assertThat(rig.worstErrorMs(3)).isLessThan(1.5);
    }

    @ParameterizedTest
    @EnumSource(ImuChip.class)
    void shouldTellSiValuesInSensorAxes(ImuChip kind) {
        ChipRig rig = new ChipRig(kind, 0);
        rig.run(2);

        ImuSample last = rig.samples.getLast();
        assertThat(last.azMps2).isBetween(9.79, 9.82);
        assertThat(last.axMps2).isZero();
        assertThat(rig.samples).extracting(s -> s.gxRadps).anyMatch(v -> v > 1.99 && v < 2.01);
        assertThat(last.foot).isEqualTo(Foot.LEFT);
        assertThat(rig.rateHz()).isBetween(185.0, 226.0);
        assertThat(Objects.requireNonNull(rig.reader.status()).temperatureC()).isBetween(27.0, 29.0);
    }

    @ParameterizedTest
    @EnumSource(ImuChip.class)
    void shouldCountWhatAFullQueueLost(ImuChip kind) {
        ChipRig rig = new ChipRig(kind, 0.01);
        rig.run(10);
        rig.stall(3);
        rig.run(10);

        int missing = rig.made.size() - rig.samples.size();
        assertThat(rig.counters.get(Counter.QUEUE_OVERRUNS)).isEqualTo(1);
        assertThat(rig.counters.get(Counter.SAMPLES_LOST)).isBetween(missing - 15L, missing + 15L);
        assertThat(rig.worstErrorMs(17)).isLessThan(2);
    }

    @ParameterizedTest
    @EnumSource(ImuChip.class)
    void shouldComeBackWhenAChipIsPluggedInAgain(ImuChip kind) {
        ChipRig rig = new ChipRig(kind, 0.01);
        rig.run(5);
        rig.buses.unplug(ChipRig.BUS, rig.address);
        rig.run(3);
        assertThat(rig.reader.state()).isEqualTo(SensorState.ABSENT);
        assertThat(rig.reader.problem()).contains("nobody answers at 0x");
        int before = rig.samples.size();
        rig.chip.powerOn();
        rig.buses.plug(ChipRig.BUS, rig.address, rig.chip);
        rig.run(10);

        assertThat(rig.reader.state()).isEqualTo(SensorState.FLOWING);
        assertThat(rig.reader.problem()).isNull();
        assertThat(rig.samples.size() - before).isGreaterThan(1700);
        assertThat(rig.counters.get(Counter.LINE_DOWN)).isEqualTo(1);
        assertThat(rig.counters.get(Counter.LINE_UP)).isEqualTo(2);
        assertThat(rig.worstErrorMs(13)).isLessThan(1.5);
    }

    @ParameterizedTest
    @EnumSource(ImuChip.class)
    void shouldSetAChipAgainThatLostPowerForAMoment(ImuChip kind) {
        ChipRig rig = new ChipRig(kind, 0.01);
        rig.run(5);
        rig.chip.powerOn();
        rig.run(10);

        assertThat(rig.reader.state()).isEqualTo(SensorState.FLOWING);
        assertThat(rig.counters.get(Counter.LINE_UP)).isEqualTo(2);
        assertThat(rig.samples.size()).isGreaterThan((int) (14 * rig.rateHz() * 0.98));
    }

    @Test
    void shouldSitOutAStuckBusWithoutLosingWhatTheQueueHolds() {
        ChipRig rig = new ChipRig(ImuChip.LSM6DSOX, 0.01);
        rig.run(5);
        rig.buses.hold(ChipRig.BUS, true);
        rig.run(0.08);
        rig.buses.hold(ChipRig.BUS, false);
        rig.run(5);
        assertThat(rig.counters.get(Counter.SAMPLES_LOST)).isZero();
        assertThat(rig.counters.get(Counter.LINE_DOWN)).isZero();

        rig.buses.hold(ChipRig.BUS, true);
        rig.run(2);
        assertThat(rig.reader.state()).isEqualTo(SensorState.ABSENT);
        assertThat(rig.reader.problem()).contains("stuck");
        rig.buses.hold(ChipRig.BUS, false);
        rig.run(5);
        assertThat(rig.reader.state()).isEqualTo(SensorState.FLOWING);
        // The chip went on meanwhile, so its time stamps tell what its full queue dropped.
        long missing = (long) rig.made.size() - rig.samples.size();
        assertThat(missing).isGreaterThan(200);
        assertThat(rig.counters.get(Counter.SAMPLES_LOST)).isBetween(missing - 3, missing);
        assertThat(rig.worstErrorMs(3)).isLessThan(1.5);
    }

    @Test
    void shouldServeBothFeetOnOneBus() {
        ChipRig rig = new ChipRig(ImuChip.LSM6DSOX, 0.01);
        rig.buses.plug(
                ChipRig.BUS, 0x6b, ChipRig.chip(ImuChip.LSM6DS3TR_C, ChipRig.TRUTH, new ChipClock(-0.01, 0), true));
        SlotRing<ImuSample> ring = new SlotRing<>(4096, ImuSample::new);
        I2cReader right = new I2cReader(
                new I2cConfig(ChipRig.BUS, 0x6b, null, Foot.RIGHT, 208), rig.buses, ring, rig.counters, rig.clock);
        rig.buses.nack(0.01);
        while (rig.clock.nowNs() < ChipRig.START_NS + 15_000_000_000L) {
            right.turn();
            rig.clock.advance(rig.reader.turn());
        }
        assertThat(rig.ring.size()).isBetween(3_080, 3_180);
        assertThat(ring.size()).isBetween(3_040, 3_120);
        assertThat(rig.counters.get(Counter.SAMPLES_LOST)).isZero();
    }

    @Test
    void shouldAllocateNothingWhileReadingsFlow() {
        ChipRig rig = new ChipRig(ImuChip.LSM6DSOX, 0.01);
        rig.chip.witness(hostNs -> {});
        turns(rig, 4_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        turns(rig, 4_000);
        // What the chip says of itself each 2 s is a new object; 30 s of readings are not.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4_000);
    }

    private static void turns(ChipRig rig, int count) {
        for (int i = 0; i < count; i++) {
            rig.clock.advance(rig.reader.turn());
            while (rig.ring.peek() != null) {
                rig.ring.release();
            }
        }
    }

    @Test
    void shouldReopenABusThatWasPulledOut() {
        ChipRig rig = new ChipRig(ImuChip.LSM6DSOX, 0);
        rig.run(2);
        rig.buses.remove(ChipRig.BUS);
        rig.run(1);
        assertThat(rig.reader.state()).isEqualTo(SensorState.ABSENT);
        rig.buses.plug(ChipRig.BUS, rig.address, rig.chip);
        rig.run(2);
        assertThat(rig.reader.state()).isEqualTo(SensorState.FLOWING);
    }

    @Test
    void shouldRefuseAnotherChipThanTheOneConfigured() {
        ChipRig rig = new ChipRig(ImuChip.LSM6DSOX, 0);
        I2cReader picky = new I2cReader(
                new I2cConfig(ChipRig.BUS, 0x6a, ImuChip.LSM6DS3TR_C, Foot.LEFT, 208),
                rig.buses,
                rig.ring,
                rig.counters,
                rig.clock);
        picky.turn();
        assertThat(picky.state()).isEqualTo(SensorState.ABSENT);
        assertThat(picky.problem()).contains("this is the lsm6dsox, not the lsm6ds3tr-c");
    }

    @Test
    void shouldFindEveryChipOnTheBuses() {
        ChipRig rig = new ChipRig(ImuChip.LSM6DSOX, 0);
        rig.buses.plug(ChipRig.BUS, 0x6b, ChipRig.chip(ImuChip.LSM6DS3TR_C, ChipRig.TRUTH, new ChipClock(0, 0), true));
        rig.buses.plug(ChipRig.BUS, 0x68, ChipRig.chip(ImuChip.ICM_20948, ChipRig.TRUTH, new ChipClock(0, 0), true));
        rig.buses.plug(ChipRig.BUS, 0x69, ChipRig.chip(ImuChip.MPU_6050, ChipRig.TRUTH, new ChipClock(0, 0), true));

        I2cScan.Seen seen = I2cScan.find(rig.buses, List.of(ChipRig.BUS, ChipRig.BUS.resolveSibling("i2c-9")));
        assertThat(seen.chips())
                .containsExactly(
                        new I2cScan.Found(ChipRig.BUS, 0x68, ImuChip.ICM_20948),
                        new I2cScan.Found(ChipRig.BUS, 0x69, ImuChip.MPU_6050),
                        new I2cScan.Found(ChipRig.BUS, 0x6a, ImuChip.LSM6DSOX),
                        new I2cScan.Found(ChipRig.BUS, 0x6b, ImuChip.LSM6DS3TR_C));
        assertThat(seen.problems()).hasSize(1);
    }
}
