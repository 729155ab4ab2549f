package dev.entrain.cue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The oscillator locks exactly where |dw| is at most K and drifts outside, with dw = w0 (1 + eps) - w_h. K is 5 % of w0,
 * w0 a step every 600 ms.
 */
class OscillatorPolicyTest {
    private static final double TURN = 2 * Math.PI;
    private static final double W0 = TURN / 0.6;
    private static final double K = 0.05 * W0;
    private static final long STEP_NS = 600_000_000L;

    /** A walker of frequency w_h before the bare equation; returns how far the beat is ahead of him after each beat, rad. */
    private static double[] leads(double dw, int beats, double leadMs) {
        OscillatorPolicy policy = new OscillatorPolicy(0, 0.05, leadMs, Double.NaN);
        Walker atStart = new Walker();
        Contacts warm = new Contacts(atStart);
        for (int i = 0; i < 12; i++) {
            warm.step(STEP_NS);
        }
        Beat last = new Beat().even(warm.timeNs, STEP_NS, warm.foot);
        policy.takeOver(atStart, last);
        double stepNs = TURN / (W0 - dw) * 1e9;
        Walker walker = new Walker();
        Contacts contacts = new Contacts(walker);
        double[] leads = new double[beats];
        for (int i = 0; i < 12; i++) {
            contacts.step(stepNs);
        }
        long originNs = contacts.timeNs;
        double walkedNs = 0;
        last.even(originNs, STEP_NS, contacts.foot);
        Beat next = new Beat();
        for (int i = 0; i < beats; i++) {
            policy.proposeNext(walker, last, next);
            last.copyFrom(next);
            while (originNs + walkedNs + stepNs < last.gridNs) {
                contacts.step(stepNs);
                walkedNs += stepNs;
            }
            leads[i] = TURN * (i + 1) - (last.gridNs - originNs) * 1e-9 * (W0 - dw);
        }
        return leads;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.99, -0.8, -0.5, 0, 0.2, 0.6, 0.9, 0.99})
    void shouldLockWhereTheDifferenceIsWithinThePull(double share) {
        double[] leads = leads(share * K, 600, 0);
        assertThat(leads[599]).isCloseTo(Math.asin(share), within(2e-3));
        assertThat(leads[599] - leads[500]).isCloseTo(0, within(1e-3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-2, -1.5, -1.1, -1.02, 1.02, 1.1, 1.5, 2, 3})
    void shouldDriftOutsideAtTheRateOfTheLaw(double share) {
        int beats = 6_000;
        double[] leads = leads(share * K, beats, 0);
        // Over whole slips only: within one the lead runs unevenly.
        double rate = Math.sqrt(share * share - 1) * K;
        int slips = (int) Math.abs(leads[beats - 1] / TURN);
        assertThat(slips).isGreaterThan(5);
        int first = -1;
        int lastSlip = -1;
        for (int i = 1; i < beats; i++) {
            if ((int) Math.abs(leads[i] / TURN) > (int) Math.abs(leads[i - 1] / TURN)) {
                first = first < 0 ? i : first;
                lastSlip = i;
            }
        }
        double turned = leads[lastSlip] - leads[first];
        double tookS = (TURN * (lastSlip - first) - turned) / (W0 - share * K);
        assertThat(Math.abs(turned) / tookS).isCloseTo(rate, within(0.02 * rate));
    }

    /**
     * Adler's equation theta' = dw - K sin theta from theta = 0 has a closed form for |dw| over K: with r = sqrt(dw^2 -
     * K^2), tan(theta / 2) = K / dw + r / dw tan(r t / 2 - atan(K / r)).
     */
    @Test
    void shouldAgreeWithTheClosedFormFromBeatToBeat() {
        double dw = 1.3 * K;
        double rate = Math.sqrt(dw * dw - K * K);
        double[] leads = leads(dw, 300, 0);
        for (int i = 0; i < leads.length; i++) {
            double timeS = (TURN * (i + 1) - leads[i]) / (W0 - dw);
            double half = rate * timeS / 2 - Math.atan(K / rate);
            double turns = Math.floor((half + Math.PI / 2) / Math.PI);
            double theta = 2 * (Math.atan(K / dw + rate / dw * Math.tan(half)) + turns * Math.PI);
            assertThat(leads[i]).as("beat %d", i).isCloseTo(theta, within(2e-4));
        }
    }

    @Test
    void shouldMoveTheLockedBeatByThePhaseLead() {
        double without = leads(0.2 * K, 600, 0)[599];
        double with = leads(0.2 * K, 600, 30)[599];
        assertThat(with - without).isCloseTo(0.030 * (W0 - 0.2 * K), within(2e-3));
    }

    @Test
    void shouldNeverPullHarderThanTheLawAllows() {
        double[] capped = leadsOf(new OscillatorPolicy(0, 0.5, 0, Double.NaN));
        double[] most = leadsOf(new OscillatorPolicy(0, 0.05, 0, Double.NaN));
        assertThat(capped).isEqualTo(most);
    }

    private static double[] leadsOf(OscillatorPolicy policy) {
        Walker walker = new Walker();
        Contacts contacts = new Contacts(walker);
        for (int i = 0; i < 12; i++) {
            contacts.step(STEP_NS);
        }
        Beat last = new Beat().even(contacts.timeNs + 100_000_000L, STEP_NS, contacts.foot);
        policy.takeOver(walker, last);
        double[] places = new double[20];
        Beat next = new Beat();
        for (int i = 0; i < places.length; i++) {
            policy.proposeNext(walker, last, next);
            last.copyFrom(next);
            places[i] = last.gridNs;
        }
        return places;
    }

    /**
     * Through planner and limits. A locked beat has one tempo, so where it locks does not change: within the pull the
     * slew only makes the way there longer. Outside, the law wants the tempo to swing by up to K within a slip, faster
     * than 1 %/s, so the limited beat keeps more of its mean and drifts faster than the law, up to |dw|.
     */
    @ParameterizedTest
    @ValueSource(doubles = {-1.6, -1.2, -0.9, -0.5, 0, 0.5, 0.9, 1.2, 1.6, 2.5})
    void shouldLockAndDriftThroughThePlannerToo(double share) {
        double dw = share * K;
        PolicyWalk walk = new PolicyWalk(new OscillatorPolicy(0, 0.05, 0, 60 * W0 / TURN), TURN / (W0 - dw) * 1e9);
        walk.walk(600);
        assertThat(walk.mostSlewPerS()).isLessThanOrEqualTo(CueLimits.SLEW_PER_S);
        int beats = walk.beats().size();
        double from = lead(walk, beats / 3, W0 - dw);
        double to = lead(walk, beats - 1, W0 - dw);
        double seconds = (walk.beats().get(beats - 1).onsetNs()
                        - walk.beats().get(beats / 3).onsetNs())
                * 1e-9;
        double drift = Math.abs(to - from) / seconds;
        if (Math.abs(share) < 1) {
            assertThat(drift).isLessThan(1e-4);
            assertThat(to).isCloseTo(Math.asin(share), within(0.02));
        } else {
            double law = Math.sqrt(dw * dw - K * K);
            assertThat(drift).isBetween(0.9 * law, Math.abs(dw) * 1.02);
        }
    }

    private static double lead(PolicyWalk walk, int beat, double walkerRadps) {
        double sinceS = (walk.beats().get(beat).onsetNs() - walk.steps.get(0)) * 1e-9;
        double firstS = (walk.beats().get(0).onsetNs() - walk.steps.get(0)) * 1e-9;
        double first = Math.rint(firstS * walkerRadps / TURN);
        return TURN * (beat + first) - sinceS * walkerRadps;
    }
}
