package dev.entrain.session;

/**
 * What a restart of the unit needs to know of a session, as it was when it was kept.
 *
 * @param programme the programme's name
 * @param fingerprint {@link Programme#fingerprint} of it
 * @param blockIndex the interrupted block, from 0
 * @param walkedS spent in that block, s
 * @param baselineSpm C0, steps/min; NaN while it is not known
 * @param baselineSpeedMps speed of the baseline walk, m/s; NaN while it is not known
 * @param levelPct tempo against C0 at that block's start, %: where a resumed session goes on
 * @param mayProgress whether tempo may still be raised: no freeze yet, no "too fast"
 * @param ceilingNs no beat may be closer to the one before, ns; 0 for no such ceiling
 * @param sessionS since the session began, pauses included, s
 * @param awayS from when this was kept until the unit was on again, s; 0 when kept, NaN where nobody knows
 */
public record SessionState(
        String programme,
        int fingerprint,
        int blockIndex,
        double walkedS,
        double baselineSpm,
        double baselineSpeedMps,
        double levelPct,
        boolean mayProgress,
        long ceilingNs,
        double sessionS,
        double awayS) {
    /** A session that was away for longer is over, s. */
    public static final double LONGEST_AWAY_S = 600;

    /** Returns this state as it is found again after some time, s; NaN where nobody knows how long. */
    public SessionState away(double seconds) {
        return new SessionState(
                programme,
                fingerprint,
                blockIndex,
                walkedS,
                baselineSpm,
                baselineSpeedMps,
                levelPct,
                mayProgress,
                ceilingNs,
                sessionS,
                seconds);
    }

    /** Returns whether a session of a programme may go on from here. */
    public boolean resumes(Programme other) {
        return programme.equals(other.name())
                && fingerprint == other.fingerprint()
                && blockIndex >= 0
                && blockIndex < other.blocks().size()
                && awayS >= 0
                && awayS <= LONGEST_AWAY_S;
    }
}
