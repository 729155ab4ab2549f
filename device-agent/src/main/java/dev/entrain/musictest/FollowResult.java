package dev.entrain.musictest;

/**
 * How well one piece followed one plan. The lag of a beat is heard minus planned.
 *
 * @param beats planned beats from the first that music carried on
 * @param carried those that music carried
 * @param judged those whose stroke was found; where only every other beat has one, half of them
 * @param p50Ms median of the lags without their sign, ms
 * @param p95Ms 95th percentile of it, ms
 * @param mostMs greatest, ms
 * @param biasMs median of the lags with their sign, ms
 * @param stretchMedianPct median of the stretch, %
 * @param cpuShare time of the music thread for a second of sound, s
 */
public record FollowResult(
        int beats,
        int carried,
        int judged,
        double p50Ms,
        double p95Ms,
        double mostMs,
        double biasMs,
        double stretchMedianPct,
        double cpuShare) {
    /** Returns the share of beats that music carried, of those from the first such on. */
    public double carriedShare() {
        return beats == 0 ? 0 : (double) carried / beats;
    }
}
