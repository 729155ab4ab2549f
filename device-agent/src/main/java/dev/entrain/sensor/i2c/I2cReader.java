package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cBus;
import dev.entrain.bus.I2cBuses;
import dev.entrain.bus.I2cException;
import dev.entrain.bus.I2cException.Fault;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.protocol.DeviceClock;
import dev.entrain.protocol.DeviceFault;
import dev.entrain.protocol.DeviceStatus;
import dev.entrain.protocol.Hello;
import dev.entrain.protocol.Reading;
import dev.entrain.protocol.Side;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.protocol.imu.ReadingSink;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.I2cConfig;
import dev.entrain.sensor.SampleIntake;
import dev.entrain.sensor.SensorState;
import dev.entrain.time.NanoClock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Keeps one chip going, a turn at a time: finds it, sets it, empties its queue, and does all that again when it was away.
 * {@link #turn} for one thread; what it tells is for any.
 *
 * <p>The queue is emptied every {@value #LEAST_MS} to {@value #MOST_MS} ms. The time between differs from turn to turn:
 * at a steady one a chip whose rate is nearly a multiple of it would for minutes be looked at in the same moment of its
 * beat, and how long its newest reading had waited could not be told from how far its clock is off.
 */
final class I2cReader {
    static final int LEAST_MS = 5;
    static final int MOST_MS = 10;

    private static final double GOLDEN = 0.618_033_988_749_894_9;
    private static final long RETRY_NS = 250_000_000;

    /** A chip that fails for so long is gone; its queue holds more than this. */
    private static final long GONE_NS = 100_000_000;

    /** So long without a reading, the chip is asked whether it is still set. */
    private static final long DOUBT_NS = 250_000_000;

    private static final long SILENT_NS = 1_000_000_000;
    private static final long STATUS_NS = 2_000_000_000;
    private static final double FULL_SCALE_ACC_MPS2 = 16 * 9.80665;
    private static final double FULL_SCALE_GYR_RADPS = Math.toRadians(2000);

    private final I2cConfig config;
    private final I2cBuses buses;
    private final Counters counters;
    private final NanoClock time;
    private final SampleIntake intake;
    private final ReadingSink sink = this::take;

    private @Nullable I2cBus bus;
    private @Nullable ImuDriver driver;

    /** What was set last, to go on with if the chip kept its power while the bus was away. */
    private @Nullable ImuDriver known;

    private @Nullable ImuChip knownChip;
    private @Nullable ChipRegisters registers;
    private boolean failing;
    private long failingSinceNs;
    private long lastReadingNs;
    private long doubtedNs;
    private long toldNs;
    private long turns;
    private int faults;

    private volatile SensorState state = SensorState.ABSENT;
    private volatile @Nullable Hello hello;
    private volatile @Nullable DeviceStatus status;
    private volatile @Nullable String problem;

    I2cReader(I2cConfig config, I2cBuses buses, SlotRing<ImuSample> ring, Counters counters, NanoClock time) {
        this.config = config;
        this.buses = buses;
        this.counters = counters;
        this.time = time;
        intake = new SampleIntake(ring, counters, DeviceClock.ON_CHIP_SKEW);
    }

    /** Does what is due and returns how long to wait for the next turn, ns. */
    long turn() {
        ImuDriver set = driver;
        if (set == null) {
            set = begin();
            if (set == null) {
                return RETRY_NS;
            }
        }
        try {
            set.drain(time, sink);
            if (set.timeLost()) {
                intake.forget();
                lastReadingNs = time.nowNs();
            }
            if (set.overran()) {
                counters.increment(Counter.QUEUE_OVERRUNS);
                faults |= DeviceFault.IMU_OVERRUN.mask();
            }
            long nowNs = time.nowNs();
            look(set, nowNs);
            failing = false;
        } catch (I2cException e) {
            fail(e);
        }
        turns++;
        double share = turns * GOLDEN - Math.floor(turns * GOLDEN);
        return (long) ((LEAST_MS + share * (MOST_MS - LEAST_MS)) * 1e6);
    }

    /** Lets go of the bus for good. */
    void close() {
        letGo();
        state = SensorState.CLOSED;
    }

    SensorState state() {
        return state;
    }

    @Nullable
    Hello hello() {
        return hello;
    }

    @Nullable
    DeviceStatus status() {
        return status;
    }

    @Nullable
    String problem() {
        return problem;
    }

    SampleIntake intake() {
        return intake;
    }

    private @Nullable ImuDriver begin() {
        try {
            I2cBus open = buses.open(config.port());
            bus = open;
            ImuChip chip = I2cScan.identify(open, config.address());
            ImuChip wanted = config.chip();
            if (chip == null || (wanted != null && chip != wanted)) {
                throw new I2cException(Fault.OTHER, stranger(chip));
            }
            ImuDriver set = set(open, chip);
            begun(set, chip);
            return set;
        } catch (I2cException e) {
            letGo();
            state = SensorState.ABSENT;
            if (!String.valueOf(e.getMessage()).equals(problem)) {
                Logger.warn("{}; trying again until it works", e.getMessage());
                problem = e.getMessage();
            }
            return null;
        }
    }

    /** Goes on with a chip that is still set, whose queue and clock tell what was lost meanwhile, or sets it anew. */
    private ImuDriver set(I2cBus open, ImuChip chip) throws I2cException {
        ImuDriver before = known;
        ChipRegisters its = registers;
        if (before != null && its != null && chip == knownChip) {
            its.use(open);
            if (before.running()) {
                intake.expectGap();
                return before;
            }
        }
        its = new ChipRegisters(open, config.address(), counters);
        ImuDriver set = ImuDriver.of(chip, its, counters);
        set.start(config.rateHz());
        intake.forget();
        registers = its;
        known = set;
        knownChip = chip;
        return set;
    }

    private void begun(ImuDriver set, ImuChip chip) {
        driver = set;
        counters.increment(Counter.LINE_UP);
        problem = null;
        failing = false;
        state = SensorState.SILENT;
        long nowNs = time.nowNs();
        lastReadingNs = nowNs;
        doubtedNs = nowNs;
        toldNs = nowNs - STATUS_NS;
        hello = new Hello(
                0,
                String.format(Locale.ROOT, "%s@%02x", chip.word(), config.address()),
                config.foot() == Foot.LEFT ? Side.LEFT : Side.RIGHT,
                set.rateHz(),
                FULL_SCALE_ACC_MPS2,
                FULL_SCALE_GYR_RADPS,
                set.ticksPerSecond(),
                0,
                chip.word());
        Logger.info(
                "{}: {} set to {} Hz, 16 g and 2000 deg/s",
                config.place(),
                chip.word(),
                Math.round(set.rateHz() * 10) / 10.0);
    }

    private String stranger(@Nullable ImuChip chip) {
        ImuChip wanted = config.chip();
        if (chip == null) {
            return config.place() + ": something answers, but no sensor that is known here; correct the address";
        }
        return config.place() + ": this is the " + chip.word() + ", not the " + (wanted == null ? "" : wanted.word())
                + "; correct chip or address in the configuration";
    }

    /** Sees whether readings come, and asks the chip how it is. */
    private void look(ImuDriver set, long nowNs) throws I2cException {
        if (nowNs - lastReadingNs >= DOUBT_NS && nowNs - doubtedNs >= DOUBT_NS) {
            doubtedNs = nowNs;
            if (!set.running() || nowNs - lastReadingNs >= SILENT_NS) {
                again(set);
                return;
            }
        }
        if (nowNs - toldNs >= STATUS_NS) {
            toldNs = nowNs;
            status = new DeviceStatus(-1, 0, set.temperatureC(), faults, 0);
            faults = 0;
        }
    }

    /** The chip lost its settings, which is what a loss of power looks like, or makes no readings. */
    private void again(ImuDriver set) throws I2cException {
        if (state == SensorState.FLOWING) {
            Logger.warn("{}: the chip stopped; setting it again, check its power", config.place());
            counters.increment(Counter.LINE_DOWN);
            counters.increment(Counter.LINE_UP);
        }
        state = SensorState.SILENT;
        problem = config.place() + ": the chip answers but makes no readings; check its power and its wires";
        set.start(config.rateHz());
        intake.forget();
    }

    private void fail(I2cException e) {
        long nowNs = time.nowNs();
        if (!failing) {
            failing = true;
            failingSinceNs = nowNs;
            intake.expectGap();
        }
        boolean hopeless = e.fault() == Fault.NO_BUS || e.fault() == Fault.NOT_ALLOWED;
        if (!hopeless && nowNs - failingSinceNs < GONE_NS) {
            return;
        }
        Logger.warn("{}; trying again until it works", e.getMessage());
        problem = e.getMessage();
        counters.increment(Counter.LINE_DOWN);
        letGo();
        state = SensorState.ABSENT;
    }

    private void letGo() {
        I2cBus open = bus;
        bus = null;
        driver = null;
        if (open != null) {
            open.close();
        }
    }

    private void take(Reading reading) {
        lastReadingNs = reading.arrivalNs;
        if (state != SensorState.FLOWING) {
            problem = null;
            state = SensorState.FLOWING;
        }
        intake.take(reading, config.foot());
    }
}
