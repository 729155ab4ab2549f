package dev.entrain.protocol;

import java.util.ArrayList;
import java.util.List;

/** Bits of {@link DeviceStatus#faults()}, by ordinal: the first is bit 0. A fault stands as long as its bit is set. */
public enum DeviceFault {
    /** The motion sensor does not answer. */
    IMU_SILENT,
    /** The motion sensor failed its self-test at start. */
    IMU_SELF_TEST,
    /** The motion sensor's queue ran over since the last status; samples are missing. */
    IMU_OVERRUN,
    /** The line was too slow since the last status; batches are missing. */
    LINK_OVERRUN,
    /** The battery lasts for less than about half an hour. */
    BATTERY_LOW,
    /** The battery or its charger is out of order. */
    BATTERY_FAULT,
    /** Too hot or too cold to measure. */
    TEMPERATURE,
    /** A pressure cell is open or short. */
    PRESSURE_CELL,
    /** Stored identity or calibration is damaged; defaults are in use. */
    STORAGE,
    /** The last start was not a power-on: watchdog or brown-out. */
    UNEXPECTED_RESET;

    /** Returns the bit as a mask. */
    public int mask() {
        return 1 << ordinal();
    }

    /** Returns the names of all bits set, lowest first; a bit without a name reads {@code BIT_n}. Cold. */
    public static List<String> namesOf(int faults) {
        DeviceFault[] known = values();
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            if ((faults & 1 << bit) != 0) {
                names.add(bit < known.length ? known[bit].name() : "BIT_" + bit);
            }
        }
        return names;
    }
}
