package dev.entrain.sim.chip;

import dev.entrain.bus.I2cBus;
import dev.entrain.bus.I2cBuses;
import dev.entrain.bus.I2cException;
import dev.entrain.bus.I2cException.Fault;
import dev.entrain.time.NanoClock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** I2C buses in memory with emulated chips, and the faults of real ones. Thread-safe. */
public final class EmulatedBuses implements I2cBuses {
    private static final int BITS_PER_BYTE = 9;
    private static final double NS_PER_BIT = 2500;

    private final NanoClock time;
    private final LongConsumer spend;
    private final SplittableRandom random;
    private final Map<Path, Map<Integer, EmulatedChip>> chips = new HashMap<>();
    private final Map<Path, Boolean> stuck = new HashMap<>();
    private double nackShare;
    private long transfers;
    private long nacks;

    /**
     * Makes buses without chips.
     *
     * @param time the host's clock
     * @param spend told how long a transfer takes at 400 kbit/s, ns; moves a clock moved by hand
     * @param seed decides what is random
     */
    public EmulatedBuses(NanoClock time, LongConsumer spend, long seed) {
        this.time = time;
        this.spend = spend;
        random = new SplittableRandom(seed);
    }

    /** Plugs a chip in; the bus is there from then on. A chip that was away without power is set to power-on before. */
    public synchronized void plug(Path device, int address, EmulatedChip chip) {
        chips.computeIfAbsent(device, none -> new HashMap<>()).put(address, chip);
    }

    /** Pulls a chip out; the bus stays. */
    public synchronized void unplug(Path device, int address) {
        Map<Integer, EmulatedChip> bus = chips.get(device);
        if (bus != null) {
            bus.remove(address);
        }
    }

    /** Takes the bus itself away, with its chips. */
    public synchronized void remove(Path device) {
        chips.remove(device);
    }

    /** Holds a line of a bus low, or lets it go. */
    public synchronized void hold(Path device, boolean low) {
        stuck.put(device, low);
    }

    /** Sets which share of transfers is not acknowledged, 0 to 1. */
    public synchronized void nack(double share) {
        nackShare = share;
    }

    /** Returns how many transfers were asked for. */
    public synchronized long transfers() {
        return transfers;
    }

    /** Returns how many of them were refused on purpose. */
    public synchronized long nacks() {
        return nacks;
    }

    @Override
    public synchronized I2cBus open(Path device) throws I2cException {
        if (!chips.containsKey(device)) {
            throw new I2cException(Fault.NO_BUS, device + ": there is no such I2C bus");
        }
        return new Bus(device);
    }

    private synchronized void transfer(Path device, int address, byte[] out, int outLength, byte[] in, int inLength)
            throws I2cException {
        transfers++;
        Map<Integer, EmulatedChip> bus = chips.get(device);
        if (bus == null) {
            throw new I2cException(Fault.NO_BUS, device + ": the bus is gone");
        }
        if (Boolean.TRUE.equals(stuck.get(device))) {
            throw new I2cException(Fault.STUCK, device + ": the bus is stuck; a line is held low");
        }
        @Nullable EmulatedChip chip = bus.get(address);
        boolean refused = random.nextDouble() < nackShare;
        if (chip == null || refused) {
            nacks += refused ? 1 : 0;
            throw new I2cException(Fault.NO_ANSWER, device + ": nobody answers at 0x" + Integer.toHexString(address));
        }
        long startNs = time.nowNs();
        spend.accept((long) ((outLength + inLength + 2) * BITS_PER_BYTE * NS_PER_BIT));
        chip.transfer(out, outLength, in, inLength, startNs);
    }

    /** One opening of a bus. */
    private final class Bus implements I2cBus {
        private final Path device;

        Bus(Path device) {
            this.device = device;
        }

        @Override
        public String name() {
            return device.toString();
        }

        @Override
        public void transfer(int address, byte[] out, int outLength, byte[] in, int inLength) throws I2cException {
            EmulatedBuses.this.transfer(device, address, out, outLength, in, inLength);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
