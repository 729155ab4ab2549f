package dev.entrain.entrainment;

/**
 * Counts a walker's steps by their times, so that even and odd places are the two feet also where a step was missed, and a
 * step seen twice keeps its place. Not thread-safe; realtime-safe.
 *
 * <p>A line runs along the walk, one period a place; a step belongs to the nearest whole number of periods after the line,
 * which then moves {@value #FOLLOWED_TENTHS} tenths of the way to it: so it goes through the middle of a limping walker's
 * long and short steps (steps up to 0.4 periods off it are placed right), and follows one who is up to 6 % faster or slower
 * than the beat. Counting by beats instead would swap the feet of a walker who drifts through half a period.
 */
public final class StepPlace {
    private static final long FOLLOWED_TENTHS = 3;

    private long lineNs;
    private long place;

    /** Begins with a step at place 0. */
    public void start(long timeNs) {
        lineNs = timeNs;
        place = 0;
    }

    /**
     * Takes the next step and returns its place.
     *
     * @param timeNs not before the last step's
     * @param periodNs interval of the beat, ns, over 0
     */
    public long next(long timeNs, long periodNs) {
        long periods = Math.max(0, Math.floorDiv(2 * (timeNs - lineNs) + periodNs, 2 * periodNs));
        place += periods;
        lineNs += periods * periodNs;
        lineNs += Math.floorDiv(FOLLOWED_TENTHS * (timeNs - lineNs), 10L);
        return place;
    }
}
