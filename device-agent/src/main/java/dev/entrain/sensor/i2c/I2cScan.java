package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cBus;
import dev.entrain.bus.I2cBuses;
import dev.entrain.bus.I2cException;
import dev.entrain.bus.I2cException.Fault;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.protocol.imu.InvenSense;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks for the motion sensors that are known, by reading their identity; sets nothing. */
public final class I2cScan {
    private static final int[] ADDRESSES = {0x68, 0x69, 0x6a, 0x6b};
    private static final int TRIES = 3;
    private static final int BANKS = 0x30;

    private I2cScan() {}

    /**
     * A chip that answered.
     *
     * @param bus device file of its bus
     * @param address 7 bits
     * @param chip which one
     */
    public record Found(Path bus, int address, ImuChip chip) {
        /** Returns where it is, for people and messages. */
        public String place() {
            return String.format(Locale.ROOT, "%s 0x%02x", bus, address);
        }
    }

    /**
     * What a look at some buses told.
     *
     * @param chips that answered, in order of bus and address
     * @param problems sentences for a technician, of buses that could not be looked at
     */
    public record Seen(List<Found> chips, List<String> problems) {
        /** Copies the lists. */
        public Seen {
            chips = List.copyOf(chips);
            problems = List.copyOf(problems);
        }
    }

    /** Returns the device files of the I2C buses there are, in order of their names. */
    public static List<Path> buses() {
        TreeSet<Path> found = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/dev"), "i2c-*")) {
            entries.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        return List.copyOf(found);
    }

    /**
     * Looks at buses, at the addresses motion sensors have (0x68 to 0x6b). Takes a few ms a bus, or as long as a stuck bus
     * takes to time out.
     *
     * @param from where buses are opened
     * @param devices their device files
     */
    public static Seen find(I2cBuses from, List<Path> devices) {
        List<Found> chips = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path device : devices) {
            try (I2cBus bus = from.open(device)) {
                for (int address : ADDRESSES) {
                    ImuChip chip = chipAt(bus, address);
                    if (chip != null) {
                        chips.add(new Found(device, address, chip));
                    }
                }
            } catch (I2cException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return new Seen(chips, problems);
    }

    private static @Nullable ImuChip chipAt(I2cBus bus, int address) throws I2cException {
        try {
            return identify(bus, address);
        } catch (I2cException e) {
            if (e.fault() == Fault.NO_ANSWER) {
                return null;
            }
            throw e;
        }
    }

    /**
     * Returns which chip is at an address, or null if what answers is none that is known.
     *
     * @throws I2cException as the bus does; NO_ANSWER if nobody is there
     */
    static @Nullable ImuChip identify(I2cBus bus, int address) throws I2cException {
        ImuChip chip = known(bus, address);
        if (chip == null && address < ImuChip.LSM6DSOX.firstAddress()) {
            int bank = read(bus, address, InvenSense.Icm.REG_BANK_SEL);
            // An ICM-20948 whose setting was broken off may still show another bank.
            if (bank != 0 && (bank & ~BANKS) == 0) {
                bus.transfer(address, new byte[] {InvenSense.Icm.REG_BANK_SEL, 0}, 2, new byte[1], 0);
                chip = known(bus, address);
            }
        }
        return chip;
    }

    private static @Nullable ImuChip known(I2cBus bus, int address) throws I2cException {
        for (ImuChip chip : ImuChip.values()) {
            if (address == chip.firstAddress() || address == chip.firstAddress() + 1) {
                if (read(bus, address, chip.whoRegister()) == chip.whoValue()) {
                    return chip;
                }
            }
        }
        return null;
    }

    private static int read(I2cBus bus, int address, int register) throws I2cException {
        byte[] out = {(byte) register};
        byte[] in = new byte[1];
        for (int tried = 1; ; tried++) {
            try {
                bus.transfer(address, out, 1, in, 1);
                return in[0] & 0xff;
            } catch (I2cException e) {
                if (e.fault() != Fault.NO_ANSWER || tried == TRIES) {
                    throw e;
                }
            }
        }
    }
}
