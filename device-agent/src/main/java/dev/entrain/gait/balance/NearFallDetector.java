package dev.entrain.gait.balance;

import dev.entrain.sample.Foot;

/**
 * Notices a stumble that was barely recovered, and a fall, from the feet alone and relative to this walker's usual swings.
 *
 * <p>A stumble: out of ordinary swings one is jolted long before its end, and the next swing of the other foot is hurried:
 * shorter and faster than usual (lowering and elevating recoveries both end so; Eng, Winter and Patla 1994). It takes both
 * feet. A fall: straight out of a walk every foot known lies more than 50 degrees from how it stands for a second, and
 * no contact comes. Conservative, because a false one stops the therapy: who is missed here goes silent by the rule of no
 * step. Slips of a standing foot are not noticed. Told once, and again only after ordinary swings. Not thread-safe;
 * realtime-safe.
 */
public final class NearFallDetector {
    /** A swing is caught when jolted so many times as hard as usual, beyond the last six by so much, and by m/s2. */
    private static final double JOLT = 2.0;

    private static final double BEYOND = 1.4;
    private static final double LEAST_MPS2 = 8;

    /** A hurried swing is shorter than this share of a usual one, and faster than this. */
    private static final double SHORT = 0.85;

    private static final double QUICK = 1.1;

    /** It ends within this time of the caught one, s. */
    private static final double RECOVERY_S = 1.2;

    /** Swings within these shares of the usual duration and peak are ordinary. */
    private static final double ORDINARY_LEAST = 0.75;

    private static final double ORDINARY_MOST = 1.3;
    private static final double SPEED_LEAST = 0.6;
    private static final double SPEED_MOST = 1.5;

    /** A caught swing is no longer than this many usual ones: more is no swing. */
    private static final double LONGEST = 2.5;

    /** Ordinary swings in a row that a stumble comes out of; usual swings must have been seen of each foot. */
    private static final int ORDINARY = 2;

    private static final int LEAST_SWINGS = 5;

    /** Ordinary swings after which another near fall may be told. */
    private static final int AGAIN = 4;

    /** Feet lie for so long, s, and began to within so long of the last contact, s: who sits down stands still first. */
    private static final double LIE_S = 1.0;

    private static final double OUT_OF_WALK_S = 1.0;

    /** Without readings for longer nothing is known of a foot, s. */
    private static final double SILENT_S = 0.5;

    private static final double STUMBLE_SURE = 0.7;
    private static final double FALL_SURE = 0.9;

    private final SwingWatch[] swings = {new SwingWatch(), new SwingWatch()};
    private final SoleTilt[] soles = {new SoleTilt(), new SoleTilt()};
    private final double[] heardS = new double[Foot.COUNT];
    private double contactS;
    private int ordinaryInRow;
    private int ordinarySince;
    private int caught;
    private double caughtS;
    private double caughtEndS;
    private boolean told;
    private Foot foot = Foot.LEFT;
    private double happenedS;
    private double confidence;

    /** A detector of a walker not seen yet. */
    public NearFallDetector() {
        reset();
    }

    /** Forgets everything, as after a clock that jumped. */
    public void reset() {
        for (int i = 0; i < Foot.COUNT; i++) {
            swings[i].reset();
            soles[i].reset();
            heardS[i] = Double.NEGATIVE_INFINITY;
        }
        contactS = Double.NEGATIVE_INFINITY;
        ordinaryInRow = 0;
        ordinarySince = 0;
        caught = -1;
        told = false;
    }

    /**
     * A foot's sensor sits otherwise than was thought: its swings are learnt anew. How it stood is kept, as a foot that
     * fell looks so too; whose sensor slipped walks on.
     */
    public void forget(Foot turned) {
        swings[turned.ordinal()].reset();
        ordinaryInRow = 0;
        caught = -1;
    }

    /**
     * Consumes a reading.
     *
     * @param dtS seconds it stands for
     * @param pitchRadps pitch rate without ringing, positive in swing, rad/s; NaN if unknown
     * @param turnRadps size of the angular rate, rad/s
     * @param ax specific force, m/s2, in sensor axes
     * @param ay the same
     * @param az the same
     */
    public void add(
            Foot of, double timeS, double dtS, double pitchRadps, double turnRadps, double ax, double ay, double az) {
        int i = of.ordinal();
        heardS[i] = timeS;
        soles[i].add(timeS, dtS, turnRadps, ax, ay, az, timeS - contactS < OUT_OF_WALK_S);
        if (swings[i].add(timeS, dtS, pitchRadps, ax, ay, az)) {
            swung(i, timeS);
        }
        if (ordinarySince >= AGAIN && haveFallen(timeS)) {
            tell(of, timeS - LIE_S, FALL_SURE);
        }
    }

    /** A foot touched at {@code timeS}. */
    public void contact(Foot of, double timeS) {
        contactS = Math.max(contactS, timeS);
        swings[of.ordinal()].contact();
    }

    /** Returns whether a near fall was noticed with the newest reading, and forgets that it was. */
    public boolean take() {
        boolean was = told;
        told = false;
        return was;
    }

    /** Returns the foot that showed the newest near fall. */
    public Foot foot() {
        return foot;
    }

    /** Returns when the newest near fall happened, s, estimated. */
    public double happenedS() {
        return happenedS;
    }

    /** Returns how sure it is, 0 to 1. */
    public double confidence() {
        return confidence;
    }

    private void swung(int i, double timeS) {
        SwingWatch swing = swings[i];
        boolean quick = swing.duration() < SHORT && swing.speed() > QUICK;
        boolean recovers = caught == 1 - i && timeS - caughtEndS < RECOVERY_S;
        boolean armed = ordinarySince >= AGAIN;
        if (recovers && quick && armed) {
            tell(Foot.of(caught), caughtS, STUMBLE_SURE);
            return;
        }
        boolean isCaught = ordinaryInRow >= ORDINARY
                && Math.min(swings[0].swings(), swings[1].swings()) > LEAST_SWINGS
                && swing.duration() < LONGEST
                && swing.jolted(JOLT, BEYOND, LEAST_MPS2);
        if (isCaught) {
            caught = i;
            caughtS = swing.startS();
            caughtEndS = timeS;
        } else if (recovers) {
            caught = -1;
        }
        boolean ordinary = swing.duration() > ORDINARY_LEAST
                && swing.duration() < ORDINARY_MOST
                && swing.speed() > SPEED_LEAST
                && swing.speed() < SPEED_MOST;
        ordinaryInRow = ordinary ? ordinaryInRow + 1 : 0;
        ordinarySince += ordinary ? 1 : 0;
    }

    private boolean haveFallen(double timeS) {
        boolean any = false;
        for (int i = 0; i < Foot.COUNT; i++) {
            if (timeS - heardS[i] > SILENT_S) {
                continue;
            }
            double sinceS = soles[i].sinceS();
            boolean lies = timeS - sinceS > LIE_S && sinceS - contactS < OUT_OF_WALK_S && contactS - sinceS < LIE_S / 2;
            if (!lies) {
                return false;
            }
            any = true;
        }
        return any;
    }

    private void tell(Foot of, double whenS, double sure) {
        told = true;
        foot = of;
        happenedS = whenS;
        confidence = sure;
        caught = -1;
        ordinaryInRow = 0;
        ordinarySince = 0;
    }
}
