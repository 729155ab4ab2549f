package dev.entrain.sim.insole;

import dev.entrain.protocol.DeviceProfile;
import dev.entrain.protocol.Hello;
import dev.entrain.protocol.Side;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A pair of insoles that are not there: each foot of a recording speaks the wire protocol on a pseudo-terminal of its own,
 * in real time, with whatever faults are asked for. Readings flow after a START, as with real insoles; while nobody
 * listens they are lost, and when the host reads too slowly the oldest frames are, so nothing ever waits or piles up. For
 * technicians and tests. Thread-safe but for {@link #start}.
 */
public final class InsoleEmulator implements AutoCloseable {
    private static final int[] ACC_RANGES_MILLI_G = {16_000, 32_000, 65_535};
    private static final int[] GYR_RANGES_DECI_DPS = {20_000, 40_000, 65_535};
    private static final long FIRST_SERIAL = 0xe77a_1000_0000_0000L;

    private final Map<Foot, InsoleDevice> devices = new EnumMap<>(Foot.class);
    private final NanoClock clock;
    private final InsoleOptions options;
    private final double durationS;

    /**
     * Prepares an insole for each foot the walk has samples of; nothing exists until {@link #start}.
     *
     * @param walk samples of one or both feet, each in time order, as a recording's readAll() gives them; not changed
     * @param options how the insoles behave
     * @param clock host clock
     * @throws IllegalArgumentException if there are no samples; the message says so
     */
    public InsoleEmulator(List<ImuSample> walk, InsoleOptions options, NanoClock clock) {
        this.options = options;
        this.clock = clock;
        long firstNs = Long.MAX_VALUE;
        long lastNs = Long.MIN_VALUE;
        for (ImuSample sample : walk) {
            firstNs = Math.min(firstNs, sample.timeNs);
            lastNs = Math.max(lastNs, sample.timeNs);
        }
        if (walk.isEmpty()) {
            throw new IllegalArgumentException("the recording has no samples; use another");
        }
        durationS = (lastNs - firstNs) * 1e-9;
        for (int i = 0; i < Foot.COUNT; i++) {
            Foot foot = Foot.of(i);
            if (walk.stream().noneMatch(sample -> sample.foot == foot)) {
                continue;
            }
            FootTrack probe = new FootTrack(walk, foot, firstNs, 0, false);
            long lengthNs = lastNs - firstNs + Math.round(1e9 / probe.rateHz());
            FootTrack track = new FootTrack(walk, foot, firstNs, lengthNs, options.loop());
            devices.put(foot, new InsoleDevice(foot, track, profile(foot, probe, options.seed()), options, clock));
        }
    }

    /**
     * Plugs both insoles in and starts to play.
     *
     * @throws IOException if there is no folder, or no pseudo-terminal to be had
     */
    public void start() throws IOException {
        if (!Files.isDirectory(options.folder())) {
            throw new IOException(options.folder() + ": no such folder; make it, the insoles' links go there");
        }
        long startNs = clock.nowNs();
        try {
            for (InsoleDevice device : devices.values()) {
                device.start(startNs);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Returns the feet that have an insole, left before right. */
    public Set<Foot> feet() {
        return Collections.unmodifiableSet(devices.keySet());
    }

    /** Returns the path of the line of one of {@link #feet}: a link that exists while the insole is plugged in. */
    public Path portOf(Foot foot) {
        return device(foot).link();
    }

    /** Returns what the insole of one of {@link #feet} did so far. */
    public InsoleStatistics statisticsOf(Foot foot) {
        return device(foot).statistics();
    }

    /** Returns what both insoles did so far. */
    public InsoleStatistics statistics() {
        InsoleStatistics sum = new InsoleStatistics(0, 0, 0, 0, 0, 0);
        for (InsoleDevice device : devices.values()) {
            sum = sum.plus(device.statistics());
        }
        return sum;
    }

    /** Returns the length of the recording, seconds. */
    public double durationS() {
        return durationS;
    }

    /**
     * Waits until the recording was played to its end by both insoles; they stay plugged in until {@link #close}.
     *
     * @param atMostNs longest wait, ns
     * @return whether it was; never, if it loops
     */
    public boolean join(long atMostNs) throws InterruptedException {
        long deadlineNs = clock.nowNs() + atMostNs;
        for (InsoleDevice device : devices.values()) {
            if (!device.awaitPlayed(Math.max(0, deadlineNs - clock.nowNs()))) {
                return false;
            }
        }
        return true;
    }

    /** Unplugs both insoles; leaves no thread, no pseudo-terminal and no link behind. Returns within 4 s. */
    @Override
    public void close() {
        for (InsoleDevice device : devices.values()) {
            device.stop();
        }
    }

    private InsoleDevice device(Foot foot) {
        return Objects.requireNonNull(devices.get(foot), "the walk has no such foot");
    }

    private static DeviceProfile profile(Foot foot, FootTrack track, long seed) {
        double accG = track.greatestAccMps2() / 9.80665;
        double gyrDps = Math.toDegrees(track.greatestGyrRadps());
        return new DeviceProfile(
                FIRST_SERIAL + (seed << 4 & 0xffff_fff0L) + foot.ordinal() + 1,
                foot == Foot.LEFT ? Side.LEFT : Side.RIGHT,
                Math.round(track.rateHz() * 1000),
                least(ACC_RANGES_MILLI_G, accG * 1000),
                least(GYR_RANGES_DECI_DPS, gyrDps * 10),
                InsoleFirmware.TICKS_PER_SECOND,
                InsoleFirmware.TICK_BITS,
                0,
                8,
                Hello.EMULATED);
    }

    /** The least range that holds a value, or the greatest there is. */
    private static int least(int[] ranges, double value) {
        for (int range : ranges) {
            if (value < range) {
                return range;
            }
        }
        return ranges[ranges.length - 1];
    }
}
