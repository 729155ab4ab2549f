package dev.entrain.gait.balance;

/**
 * The fast part of one foot's swings against this foot's usual ones: how long, how fast, and how hard the specific force
 * jolted in it. An undisturbed swing has no jolt before its end. Not thread-safe; realtime-safe.
 */
final class SwingWatch {
    /** The fast part lies above the first share of the usual peak rate and ends below the second. */
    private static final double FAST = 0.5;

    private static final double SLOW = 0.15;

    /** Jolts count in this share of the usual fast part: what comes later may be the landing. */
    private static final double FLIGHT = 0.7;

    /** Time constant over which the specific force is compared with itself, s: longer than a jolt, shorter than a swing. */
    private static final double JOLT_S = 0.03;

    /** Part of the newest swing in the usual one, and how far it may lie off. */
    private static final double NEWEST = 0.15;

    private static final double LEAST = 0.5;
    private static final double MOST = 1.5;

    /** Swings whose hardest jolt is remembered. */
    private static final int RECENT = 6;

    private final double[] recentMps2 = new double[RECENT];
    private final double[] slow = new double[3];
    private boolean felt;
    private double joltMps2;
    private double peakRadps;
    private double usualRadps;
    private double usualFastS;
    private double usualMps2;
    private boolean fast;
    private double startS;
    private double fastRadps;
    private double flightMps2;
    private int swings;
    private double duration;
    private double speed;
    private double jolt;
    private double hardestMps2;

    SwingWatch() {
        reset();
    }

    /** Forgets the walker. */
    void reset() {
        felt = false;
        fast = false;
        peakRadps = 0;
        usualRadps = Double.NaN;
        usualFastS = Double.NaN;
        usualMps2 = Double.NaN;
        swings = 0;
        duration = Double.NaN;
    }

    /** Consumes a reading; pitch rate positive in swing, rad/s, NaN if unknown. Returns whether a swing's fast part ended. */
    boolean add(double timeS, double dtS, double pitchRadps, double ax, double ay, double az) {
        feel(dtS, ax, ay, az);
        if (Double.isNaN(pitchRadps)) {
            return false;
        }
        peakRadps = Math.max(peakRadps, pitchRadps);
        if (!fast && pitchRadps > FAST * usualRadps) {
            fast = true;
            startS = timeS;
            fastRadps = 0;
            flightMps2 = 0;
        }
        if (!fast) {
            return false;
        }
        fastRadps = Math.max(fastRadps, pitchRadps);
        if (timeS - startS < FLIGHT * usualFastS) {
            flightMps2 = Math.max(flightMps2, joltMps2);
        }
        if (pitchRadps >= SLOW * usualRadps) {
            return false;
        }
        fast = false;
        compare(timeS - startS);
        return true;
    }

    /** The foot touched: what was fastest since the last touch is a usual peak. */
    void contact() {
        if (peakRadps > 0) {
            usualRadps = blend(usualRadps, peakRadps);
        }
        peakRadps = 0;
    }

    /** Returns how many swings were seen. */
    int swings() {
        return swings;
    }

    /** Returns how long the newest swing was fast, in usual ones. */
    double duration() {
        return duration;
    }

    /** Returns the newest swing's peak rate, in usual ones. */
    double speed() {
        return speed;
    }

    /** Returns when the newest swing's fast part began, s. */
    double startS() {
        return startS;
    }

    /** Returns whether the newest swing was jolted at least so many times as hard as usual and by so many m/s2. */
    boolean jolted(double times, double beyondRecent, double leastMps2) {
        return jolt > times && flightMps2 > beyondRecent * hardestMps2 && flightMps2 > leastMps2;
    }

    private void feel(double dtS, double ax, double ay, double az) {
        double share = felt ? dtS / (JOLT_S + dtS) : 1;
        felt = true;
        double x = ax - slow[0];
        double y = ay - slow[1];
        double z = az - slow[2];
        joltMps2 = share < 1 ? Math.sqrt(x * x + y * y + z * z) : 0;
        slow[0] += share * x;
        slow[1] += share * y;
        slow[2] += share * z;
    }

    private void compare(double fastS) {
        duration = fastS / usualFastS;
        speed = fastRadps / usualRadps;
        jolt = flightMps2 / usualMps2;
        hardestMps2 = 0;
        for (int i = 0; i < Math.min(swings, RECENT); i++) {
            hardestMps2 = Math.max(hardestMps2, recentMps2[i]);
        }
        recentMps2[swings % RECENT] = flightMps2;
        swings++;
        usualFastS = blend(usualFastS, fastS);
        // Of the first swing it is not known how long it lasts, so nothing was measured in it.
        if (flightMps2 > 0) {
            usualMps2 = blend(usualMps2, flightMps2);
        }
    }

    private static double blend(double usual, double value) {
        return usual > 0 ? usual + NEWEST * (Math.clamp(value, LEAST * usual, MOST * usual) - usual) : value;
    }
}
