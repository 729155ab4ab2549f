package dev.entrain.sensor.i2c;

import dev.entrain.health.Counters;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.I2cConfig;
import dev.entrain.sim.ManualClock;
import dev.entrain.sim.chip.ChipClock;
import dev.entrain.sim.chip.EmulatedBuses;
import dev.entrain.sim.chip.EmulatedChip;
import dev.entrain.sim.chip.EmulatedInvenSense;
import dev.entrain.sim.chip.EmulatedLsm6;
import dev.entrain.sim.chip.Motion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One emulated chip on a bus in memory, its reader, and a clock moved by hand: whole minutes pass in no time. */
final class ChipRig {
    static final Path BUS = Path.of("/dev/i2c-1");
    static final long START_NS = 5_000_000_000_000L;

    /** Says when it was asked, so that each reading carries its own truth. */
    static final Motion TRUTH = (timeNs, into) -> {
        into.azMps2 = 9.80665;
        into.gxRadps = 2 * Math.sin(2 * Math.PI * (timeNs % 2_000_000_000L) * 1e-9);
    };

    final ManualClock clock = new ManualClock(START_NS);
    final EmulatedBuses buses = new EmulatedBuses(clock, clock::advance, 11);
    final Counters counters = new Counters();
    final SlotRing<ImuSample> ring = new SlotRing<>(4096, ImuSample::new);
    final EmulatedChip chip;
    final I2cReader reader;
    final List<Long> made = new ArrayList<>();
    final List<ImuSample> samples = new ArrayList<>();
    final ImuChip kind;
    final int address;

    ChipRig(ImuChip kind, double skew) {
        this(kind, new ChipClock(skew, 200e-6), TRUTH, true);
    }

    ChipRig(ImuChip kind, ChipClock oscillator, Motion motion, boolean tellsItsClock) {
        this.kind = kind;
        address = kind.firstAddress();
        chip = chip(kind, motion, oscillator, tellsItsClock);
        chip.witness(made::add);
        buses.plug(BUS, address, chip);
        reader = new I2cReader(new I2cConfig(BUS, address, null, Foot.LEFT, 208), buses, ring, counters, clock);
    }

    static EmulatedChip chip(ImuChip kind, Motion motion, ChipClock oscillator, boolean tellsItsClock) {
        return switch (kind) {
            case LSM6DSOX, LSM6DS3TR_C -> new EmulatedLsm6(kind, motion, oscillator, tellsItsClock);
            case ICM_20948, MPU_6050, MPU_6500 -> new EmulatedInvenSense(kind, motion, oscillator);
        };
    }

    /** Lets time pass. */
    void run(double seconds) {
        long endNs = clock.nowNs() + (long) (seconds * 1e9);
        while (clock.nowNs() < endNs) {
            clock.advance(reader.turn());
            take();
        }
    }

    /** Lets time pass in which the reader gets no turn. */
    void stall(double seconds) {
        clock.advance((long) (seconds * 1e9));
    }

    double rateHz() {
        return Objects.requireNonNull(reader.hello()).rateHz();
    }

    private void take() {
        for (ImuSample sample = ring.peek(); sample != null; sample = ring.peek()) {
            ImuSample copy = new ImuSample();
            copy.copyFrom(sample);
            samples.add(copy);
            ring.release();
        }
    }

    /** Greatest distance of a sample's time from the nearest moment at which a reading was made, after some seconds, ms. */
    double worstErrorMs(double afterS) {
        double worst = 0;
        int at = 0;
        for (ImuSample sample : samples) {
            if (sample.timeNs < START_NS + afterS * 1e9) {
                continue;
            }
            while (at + 1 < made.size()
                    && Math.abs(made.get(at + 1) - sample.timeNs) <= Math.abs(made.get(at) - sample.timeNs)) {
                at++;
            }
            worst = Math.max(worst, Math.abs(made.get(at) - sample.timeNs) * 1e-6);
        }
        return worst;
    }
}
