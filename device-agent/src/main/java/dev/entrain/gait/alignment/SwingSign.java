package dev.entrain.gait.alignment;

/**
 * Tells which way round the swing axis points, from the shape of the gait cycle and from the other foot.
 *
 * <p>A foot pitches down at push-off (angle P), up in swing (S) and down again after heel strike (H), and then rests. Two
 * facts fix the sign without any mounting, gravity or amplitude being known:
 *
 * <ul>
 *   <li>over a stride the pitch comes back to where it was, P + H = S, so swing is the lobe of the largest angle: S^2 -
 *       P^2 - H^2 = 2PH is positive; strongest where the heel strikes hard;
 *   <li>push-off runs into swing without a pause, and swing into heel strike, and push-off turns the foot further than
 *       heel strike: min(P,S) - min(S,H) = P - H is positive; strongest where the foot lands flat (paretic, shuffling).
 * </ul>
 *
 * Their sum is the vote of a stride; votes add up and fade. What the other foot does meanwhile is a third witness, see
 * {@link OtherStands}. Not thread-safe; realtime-safe.
 */
public final class SwingSign {
    /** A lobe ends where the rate falls under this share of the recent peak: rests are drift of either sign. */
    private static final double LOBE_SHARE = 0.12;

    /** No lobe below this rate, rad/s: standing sway. */
    private static final double LOBE_FLOOR_RADPS = 0.3;

    /** Angles below this are shifts and ringing, not lobes of a stride, rad. */
    private static final double MIN_ANGLE_RAD = 0.1;

    /** Two lobes follow each other without a pause if no more than this lies between them, s. */
    private static final double ADJACENT_S = 0.15;

    /** Angles are taken relative to the largest recent one, but never to less than this: a fidget is no stride, rad. */
    private static final double LEAST_SCALE_RAD = 0.5;

    /** Time constant of the recent peak and largest angle, s: a few strides. */
    private static final double FADE_S = 5.0;

    /** What a vote keeps for each later lobe: the memory is about 30 lobes or ten strides. */
    private static final double VOTE_KEEP = 0.97;

    /** Votes that are left after a doubt: one clear stride. */
    private static final double DOUBT_VOTE = 1.0;

    /** What the other foot may say counts like this many clear strides. */
    private static final double OTHER_VOTES = 2.5;

    private final OtherStands other = new OtherStands();
    private double otherVote;
    private double squares;
    private double pairs;
    private boolean paired;
    private double peakRadps;
    private double largestRad;
    private int side;
    private double startS;
    private double angleRad;
    private double lobePeakRadps;
    private double uncountedRad;
    private double previousRad;
    private double previousEndS;
    private double swingRad;
    private double swingRadps;
    private double otherRad;
    private double otherRadps;

    public SwingSign() {
        reset();
    }

    /** Forgets everything. */
    public void reset() {
        other.reset();
        otherVote = 0;
        forgetShape();
    }

    /** The axis was turned round: what the other foot says stays, what the lobes were is judged anew. */
    public void flip() {
        other.flip();
        otherVote = -otherVote;
        forgetShape();
    }

    private void forgetShape() {
        squares = 0;
        pairs = 0;
        paired = false;
        peakRadps = 0;
        largestRad = 0;
        side = 0;
        angleRad = 0;
        lobePeakRadps = 0;
        uncountedRad = 0;
        previousRad = 0;
        previousEndS = Double.NEGATIVE_INFINITY;
        swingRad = 0;
        swingRadps = 0;
        otherRad = 0;
        otherRadps = 0;
    }

    /**
     * Consumes the rate about the axis as it points now.
     *
     * @param timeS time of the sample, s
     * @param rateRadps rate about the axis, rad/s
     * @param otherRadps how fast the other foot turns, rad/s; NaN if unknown
     * @param dtS time since the foot's last sample, s
     */
    public void add(double timeS, double rateRadps, double otherRadps, double dtS) {
        other.add(rateRadps, otherRadps, dtS);
        double fade = Math.max(0, 1 - dtS / FADE_S);
        peakRadps = Math.max(peakRadps * fade, Math.abs(rateRadps));
        largestRad *= fade;
        double edge = Math.max(LOBE_FLOOR_RADPS, LOBE_SHARE * peakRadps);
        int now = rateRadps > edge ? 1 : rateRadps < -edge ? -1 : 0;
        if (now != side) {
            if (side != 0 && angleRad >= MIN_ANGLE_RAD) {
                endLobe(timeS);
            }
            side = now;
            startS = timeS;
            angleRad = 0;
            lobePeakRadps = 0;
        }
        if (side == 0 && timeS - previousEndS > ADJACENT_S) {
            count();
        }
        angleRad += Math.abs(rateRadps) * dtS;
        lobePeakRadps = Math.max(lobePeakRadps, Math.abs(rateRadps));
    }

    /** Returns the votes: positive if the swing is positive, and larger the surer; one clear stride gives
     * about 1. 0 until two lobes followed each other, for a single lobe may be a push-off or a swing. */
    public double vote() {
        if (!paired) {
            return 0;
        }
        return shapeVote() + OTHER_VOTES * otherVote;
    }

    private double shapeVote() {
        double scale = Math.max(LEAST_SCALE_RAD, largestRad);
        return squares / (scale * scale) + pairs / scale;
    }

    /** Believes no more in what was seen than a few strides would make one: something may have changed. */
    public void doubt() {
        other.reset();
        otherVote = 0;
        double vote = Math.abs(shapeVote());
        if (vote > DOUBT_VOTE) {
            squares *= DOUBT_VOTE / vote;
            pairs *= DOUBT_VOTE / vote;
        }
    }

    /** Returns the largest angle turned at one go on the side that won, rad. */
    public double swingRad() {
        return vote() > 0 ? swingRad : otherRad;
    }

    /** Returns the peak rate of that lobe, rad/s. */
    public double swingRadps() {
        return vote() > 0 ? swingRadps : otherRadps;
    }

    /** A lobe counts once it is known what follows it: a push-off alone looks like a swing. */
    private void count() {
        if (uncountedRad != 0) {
            squares = VOTE_KEEP * squares + uncountedRad * Math.abs(uncountedRad);
            uncountedRad = 0;
        }
    }

    private void endLobe(double timeS) {
        otherVote = other.vote();
        largestRad = Math.max(largestRad, angleRad);
        count();
        pairs *= VOTE_KEEP;
        if (previousRad * side < 0 && startS - previousEndS <= ADJACENT_S) {
            pairs += side * Math.min(Math.abs(previousRad), angleRad);
            paired = true;
        }
        previousRad = side * angleRad;
        previousEndS = timeS;
        uncountedRad = previousRad;
        if (side > 0 && angleRad > swingRad) {
            swingRad = angleRad;
            swingRadps = lobePeakRadps;
        } else if (side < 0 && angleRad > otherRad) {
            otherRad = angleRad;
            otherRadps = lobePeakRadps;
        }
    }
}
