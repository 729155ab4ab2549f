package dev.entrain.protocol.gauge;

/**
 * The registers of the MAX17048 fuel gauge for one lithium cell (datasheet MAX17048/MAX17049, 19-6171, "ModelGauge
 * Registers"). Every register has 16 bits, the upper byte first on the wire; its address is written, then two bytes are read
 * with a repeated start ("I2C Bus System"). Pure functions of register words (0 to 0xFFFF); thread-safe, realtime-safe.
 */
public final class Max17048 {
    /** 7 bit address ("Slave Address": 0x6C to write, 0x6D to read). */
    public static final int ADDRESS = 0x36;

    /** Bytes of every register. */
    public static final int REGISTER_BYTES = 2;

    /** Cell voltage ("VCELL Register (0x02)"). */
    public static final int VCELL = 0x02;

    /** State of charge ("SOC Register (0x04)"). */
    public static final int SOC = 0x04;

    /** Production version ("VERSION Register (0x08)"). */
    public static final int VERSION = 0x08;

    /** Compensation and alerts ("CONFIG Register (0x0C)"); 0x971C after power-up. */
    public static final int CONFIG = 0x0C;

    /** Charge or discharge rate ("CRATE Register (0x16)"). */
    public static final int CRATE = 0x16;

    /** Least and greatest charge at which the gauge can alert, % ("CONFIG Register", ATHD: 32 - ATHD). */
    public static final int LEAST_ALERT_PCT = 1;

    /** See {@link #LEAST_ALERT_PCT}. */
    public static final int MOST_ALERT_PCT = 32;

    private static final double VOLTS_PER_BIT = 78.125e-6;
    private static final double PCT_PER_BIT = 1.0 / 256;
    private static final double PCT_PER_HOUR_PER_BIT = 0.208;

    /** "VERSION Register": 0x001_; the last digit is not said to be fixed. */
    private static final int VERSION_MASK = 0xFFF0;

    private static final int VERSION_OF_FAMILY = 0x0010;
    private static final int ALERT_THRESHOLD_MASK = 0x1F;
    private static final int ALERT_BIT = 1 << 5;

    private Max17048() {}

    /**
     * Returns a register's word.
     *
     * @param bytes as read, the upper one first
     */
    public static int word(byte[] bytes) {
        return ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
    }

    /** Returns the cell's voltage, V, 0 to 5.12 ("VCELL Register": 78.125 uV a bit). */
    public static double volts(int vcell) {
        return vcell * VOLTS_PER_BIT;
    }

    /** Returns the charge, %, 0 to 256: a fresh cell may say a little over 100 ("SOC Register": 1/256 % a bit). */
    public static double chargePct(int soc) {
        return soc * PCT_PER_BIT;
    }

    /**
     * Returns how fast the charge changes, % an hour, negative while it falls ("CRATE Register": 0.208 % an hour a bit,
     * signed; an average that follows within minutes, "not for conversion to ampere").
     */
    public static double ratePctPerHour(int crate) {
        return (short) crate * PCT_PER_HOUR_PER_BIT;
    }

    /** Returns whether a version word is one of this family of gauges. */
    public static boolean knownVersion(int version) {
        return (version & VERSION_MASK) == VERSION_OF_FAMILY;
    }

    /** Returns the charge at or under which the gauge alerts, %, 1 to 32 ("CONFIG Register", ATHD). */
    public static int alertPct(int config) {
        return MOST_ALERT_PCT - (config & ALERT_THRESHOLD_MASK);
    }

    /** Returns whether the gauge has alerted since it was last told to forget ("CONFIG Register", ALRT). */
    public static boolean alerted(int config) {
        return (config & ALERT_BIT) != 0;
    }

    /**
     * Returns CONFIG with another alert threshold and no alert; compensation, sleep and the rest stay.
     *
     * @param config as read
     * @param alertPct 1 to 32, %
     */
    public static int withAlert(int config, int alertPct) {
        if (alertPct < LEAST_ALERT_PCT || alertPct > MOST_ALERT_PCT) {
            throw new IllegalArgumentException("the gauge alerts at 1 to 32 %, not at " + alertPct);
        }
        return (config & ~(ALERT_THRESHOLD_MASK | ALERT_BIT)) | (MOST_ALERT_PCT - alertPct);
    }
}
