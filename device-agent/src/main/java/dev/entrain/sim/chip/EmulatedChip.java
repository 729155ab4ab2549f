package dev.entrain.sim.chip;

import dev.entrain.sample.ImuSample;
import java.util.Arrays;

/**
 * A motion sensor as its registers: written and read as a bus does, making readings by its own clock while it is set to.
 * Not thread-safe; its bus sees to that.
 */
public abstract class EmulatedChip {
    /** Told of every reading that went into the queue, with the truth. */
    @FunctionalInterface
    public interface Witness {
        /** A reading was made at this host time, ns. */
        void made(long hostNs);
    }

    private static final int REGISTERS = 256;
    private static final double LATEST_NS = 60e9;

    private final int[] registers = new int[REGISTERS];
    private final Motion motion;
    private final ChipClock clock;
    private final ImuSample felt = new ImuSample();
    private Witness witness = hostNs -> {};
    private int pointer;
    private double nextNs;
    private double chipS;
    private boolean running;

    EmulatedChip(Motion motion, ChipClock clock) {
        this.motion = motion;
        this.clock = clock;
    }

    /** Sets who is told of readings. */
    public void witness(Witness told) {
        witness = told;
    }

    /** The chip loses all it had, as without power. */
    public final void powerOn() {
        Arrays.fill(registers, 0);
        running = false;
        chipS = 0;
        pointer = 0;
        onPowerOn();
    }

    /** One transfer: out's first byte chooses the register, the rest is written; then in is read. */
    final void transfer(byte[] out, int outLength, byte[] in, int inLength, long nowNs) {
        live(nowNs);
        if (outLength > 0) {
            pointer = out[0] & 0xff;
        }
        for (int i = 1; i < outLength; i++) {
            write(pointer, out[i] & 0xff);
            pointer = next(pointer);
        }
        for (int i = 0; i < inLength; i++) {
            in[i] = (byte) read(pointer);
            pointer = next(pointer);
        }
    }

    /** Makes the readings that are due. */
    private void live(long nowNs) {
        double periodS = periodS();
        if (periodS <= 0) {
            running = false;
            return;
        }
        if (!running || nowNs - nextNs > LATEST_NS) {
            running = true;
            nextNs = nowNs + periodS * 1e9 * clock.stretch((double) nowNs);
        }
        while (nextNs <= nowNs) {
            chipS += periodS;
            motion.at((long) nextNs, felt);
            if (reading(felt, chipS)) {
                witness.made((long) nextNs);
            }
            nextNs += periodS * 1e9 * clock.stretch(nextNs);
        }
    }

    final int register(int index) {
        return registers[index];
    }

    final void register(int index, int value) {
        registers[index] = value & 0xff;
    }

    final ChipClock clock() {
        return clock;
    }

    /** Returns a value as a chip's word: rounded, cut off at its full scale. */
    static int word(double value, double perStep) {
        return (int) Math.clamp(Math.rint(value / perStep), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** Sets the registers as at power-on. */
    abstract void onPowerOn();

    /** Returns the time between readings in the chip's own seconds, or 0 while it makes none. */
    abstract double periodS();

    /** Takes a reading in at a time of the chip, s; returns whether it went into the queue. */
    abstract boolean reading(ImuSample sample, double atChipS);

    abstract void write(int register, int value);

    abstract int read(int register);

    /** Returns the register after this one within a transfer. */
    int next(int register) {
        return (register + 1) & 0xff;
    }
}
