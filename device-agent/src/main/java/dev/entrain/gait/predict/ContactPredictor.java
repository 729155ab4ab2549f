package dev.entrain.gait.predict;

/**
 * Expects one foot's next contact, anew with every moment of the stride.
 *
 * <p>A stride is a chain of moments: contact, the other foot's contact, final contact, points of the swing's course, the
 * end of swing. Each moment has a learned time to the contact ({@link Lead}). The newest one alone decides: a chain is
 * close to a Markov process, in which an earlier moment adds nothing to a later one. A learned gain for what was believed
 * before was tried on recorded walks: no better at 150 ms ahead, 5 % better at 500 ms in slow walkers only.
 *
 * <p>A moment that does not come is news, too. What is left for the foot that should have left the ground but has not is
 * told by what it does instead ({@link StanceCourse}); the foot that should have landed but swings on needs at least the time that its rate takes to fall
 * ({@link SwingCourse}). The belief is moved at fixed steps then, so that a foot which stands still is not expected for
 * ever: after {@value #MOST_OVERDUE} steps nothing more is told.
 *
 * <p>Predictions per stride: one at each contact of either foot, one at the final contact, up to four in the course of
 * swing, one at its end, about eight in all; up to {@value #MOST_OVERDUE} and 7 more in strides that last far longer than
 * usual. Each kind keeps its own {@link ErrorBand}; a swing
 * whose start was a surprise, as in turning and stopping, is told as less sure. Not thread-safe; realtime-safe.
 */
public final class ContactPredictor {
    /** What a prediction can start from, in the order of a stride. */
    public enum Source {
        CONTACT(0.08),
        OTHER_CONTACT(0.045),
        FINAL_CONTACT(0.025),
        SWING_END(0.008);

        /** Mean absolute error to expect of a walker never seen, s: that of recorded healthy and ill walkers. */
        private final double firstErrorS;

        Source(double firstErrorS) {
            this.firstErrorS = firstErrorS;
        }
    }

    /** Longest stride, s (Mobilise-D plausibility bound). */
    public static final double LONGEST_STRIDE_S = 3.0;

    /** A foot that stands with less than this share of a swing left is overdue; a swing is noticed 0.2 of it late. */
    static final double OVERDUE = 0.6;

    /** While an overdue foot moves, what it does is looked at anew after this share of a swing. */
    private static final double LOOK = 0.2;

    private static final int MOST_OVERDUE = 8;

    /** A final contact that moves the belief by a whole swing makes its swing this many times less sure. */
    private static final double SURPRISE = 4.0;

    /** Least sure against usual. */
    private static final double MOST_UNSURE = 4.0;

    /** First errors of a foot that stands or swings too long, as shares of the swing. */
    private static final double FIRST_STANDING_ERROR = 0.25;

    private static final double FIRST_SWINGING_ERROR = 0.08;

    private static final int SOURCES = Source.values().length;

    private final Lead[] leads = new Lead[SOURCES];
    private final ErrorBand[] bands = new ErrorBand[SOURCES];
    private final ErrorBand[] courseBands = new ErrorBand[SwingCourse.POINTS];
    private final ErrorBand standingBand = new ErrorBand();
    private final ErrorBand swingingBand = new ErrorBand();
    private final SwingCourse course = new SwingCourse();
    private final StanceCourse stance = new StanceCourse();

    private double nowS;
    private double expectedS;
    private double halfWidthS;
    private double swingExpectedS;
    private double unsure;
    private double beforeSwingS;
    private double beforeEndS;
    private boolean ended;
    private int overdue;
    private double overdueS;

    public ContactPredictor() {
        for (int i = 0; i < SOURCES; i++) {
            leads[i] = new Lead();
            bands[i] = new ErrorBand();
        }
        for (int i = 0; i < courseBands.length; i++) {
            courseBands[i] = new ErrorBand();
        }
        reset();
    }

    /** Forgets the walker. */
    public void reset() {
        for (int i = 0; i < SOURCES; i++) {
            leads[i].reset();
            bands[i].reset();
        }
        for (ErrorBand band : courseBands) {
            band.reset();
        }
        standingBand.reset();
        swingingBand.reset();
        course.reset();
        stance.reset();
        beginStride();
        nowS = Double.NEGATIVE_INFINITY;
        halfWidthS = Double.NaN;
    }

    /**
     * Moves on to a sample.
     *
     * @param timeS its time, s
     * @param rateRadps pitch rate of the foot, positive in swing, rad/s
     * @param turnRadps size of its whole angular rate, rad/s
     * @return whether the belief changed
     */
    public boolean advance(double timeS, double rateRadps, double turnRadps) {
        nowS = timeS;
        course.add(timeS, rateRadps);
        stance.add(timeS, rateRadps, turnRadps);
        double swingS = swingS();
        if (Double.isNaN(expectedS) || Double.isNaN(swingS) || ended) {
            return false;
        }
        if (!course.isSwing()) {
            return advanceStance(swingS);
        }
        int point = course.reached(swingS);
        if (point >= 0) {
            double firstS = bands[Source.FINAL_CONTACT.ordinal()].meanS();
            return believe(swingExpectedS + course.laterS(point, swingS), courseBands[point], firstS);
        }
        double leastS = nowS + course.leastLeftS(swingS);
        if (course.reachedLate(swingS) && leastS > expectedS) {
            unsure = 1;
            return believe(leastS, swingingBand, FIRST_SWINGING_ERROR * swingS);
        }
        return false;
    }

    private boolean advanceStance(double swingS) {
        boolean late = expectedS - nowS < OVERDUE * swingS;
        boolean again = overdue > 0 && nowS - overdueS >= LOOK * swingS && (late || stance.moves());
        if (overdue == MOST_OVERDUE || !(again || (late && overdue == 0))) {
            return false;
        }
        overdue++;
        overdueS = nowS;
        unsure = 1;
        double leftS = stance.leftSwings(nowS, swingS) * swingS;
        return believe(nowS + leftS, standingBand, FIRST_STANDING_ERROR * swingS);
    }

    /**
     * The foot touched: learns, and starts the next stride.
     *
     * @param timeS time of the contact, s
     * @return whether the next contact can be told
     */
    public boolean contact(double timeS) {
        for (int i = 0; i < SOURCES; i++) {
            leads[i].learn(timeS, LONGEST_STRIDE_S);
            leads[i].drop();
            bands[i].learn(timeS);
        }
        for (ErrorBand band : courseBands) {
            band.learn(timeS);
        }
        standingBand.learn(timeS);
        swingingBand.learn(timeS);
        course.learn();
        stance.learn();
        beginStride();
        return happened(Source.CONTACT, timeS);
    }

    /**
     * A moment of the stride happened.
     *
     * @param source which
     * @param timeS when, s
     * @return whether the belief changed
     */
    public boolean happened(Source source, double timeS) {
        Lead lead = leads[source.ordinal()];
        lead.anchor(timeS);
        if (source == Source.FINAL_CONTACT) {
            beforeSwingS = course.isSwing() ? beforeSwingS : expectedS;
            course.begin(timeS);
        } else if (source == Source.SWING_END) {
            beforeEndS = expectedS;
            ended = true;
        } else if (course.isSwing()) {
            // The own swing, once begun, knows more than the other foot.
            return false;
        }
        double guessS = lead.expectedS();
        if (Double.isNaN(guessS)) {
            return false;
        }
        swingExpectedS = guessS;
        if (source == Source.FINAL_CONTACT && !Double.isNaN(beforeSwingS)) {
            unsure = Math.min(MOST_UNSURE, 1 + SURPRISE * Math.abs(guessS - beforeSwingS) / lead.meanS());
        } else {
            unsure = 1;
        }
        return believe(guessS, bands[source.ordinal()], source.firstErrorS);
    }

    /** The swing that seemed to end goes on. */
    public void swingResumed() {
        drop(Source.SWING_END);
        if (ended) {
            ended = false;
            expectedS = beforeEndS;
        }
    }

    /** The swing came to nothing. */
    public void swingRevoked() {
        swingResumed();
        drop(Source.FINAL_CONTACT);
        for (ErrorBand band : courseBands) {
            band.drop();
        }
        swingingBand.drop();
        if (course.isSwing()) {
            course.end();
            expectedS = beforeSwingS;
        }
    }

    /** Returns the time of the next contact as believed now, s; NaN while there is nothing to say. */
    public double expectedS() {
        return expectedS;
    }

    /** Returns the half width of its 80 % interval, s. */
    public double halfWidthS() {
        return halfWidthS;
    }

    /** Returns the usual stride time, s; NaN while unknown. */
    public double strideS() {
        return leads[Source.CONTACT.ordinal()].meanS();
    }

    /** Returns the usual time from final to initial contact, s; NaN while unknown. */
    public double swingS() {
        return leads[Source.FINAL_CONTACT.ordinal()].meanS();
    }

    /** Returns the usual time from the end of swing to initial contact, s; NaN while unknown. */
    public double landingS() {
        return leads[Source.SWING_END.ordinal()].meanS();
    }

    /** Returns whether the foot is in swing or landing. */
    public boolean inSwing() {
        return course.isSwing();
    }

    /** Returns whether the swing has ended, so that the expected contact is at hand. */
    public boolean swingEnded() {
        return ended;
    }

    private void beginStride() {
        expectedS = Double.NaN;
        swingExpectedS = Double.NaN;
        beforeSwingS = Double.NaN;
        beforeEndS = Double.NaN;
        ended = false;
        unsure = 1;
        overdue = 0;
        course.end();
    }

    private void drop(Source source) {
        leads[source.ordinal()].drop();
        bands[source.ordinal()].drop();
    }

    private boolean believe(double guessS, ErrorBand band, double firstErrorS) {
        expectedS = guessS;
        band.drop();
        if (!(guessS > nowS)) {
            return false;
        }
        band.said(guessS, firstErrorS, unsure);
        halfWidthS = band.halfWidthS();
        return true;
    }
}
