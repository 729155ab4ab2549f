package dev.entrain.sim.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.sample.Foot;
import dev.entrain.sim.patient.PatientProfile.Stamina;
import dev.entrain.sim.patient.PatientProfile.Timing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatientTimingTest {
    private static final PatientProfile HEALTHY = PatientPresets.named("healthy");

    /**
     * Beats whose phase jumps now and then; the mean answer obeys e(n+1) - 2 e(n) + e(n-1) = -alpha (e(n) - e(n-1)) - beta
     * e(n-1), the second difference of the timing law.
     */
    @ParameterizedTest
    @CsvSource({"0.2, 0.1", "0.35, 0.15", "0.5, 0.25"})
    void shouldShowTheGainsItWasGiven(double alpha, double beta) {
        double periodS = 60 / 112.0;
        PatientProfile patient = timed(alpha, beta, 40);
        List<Long> beats = new ArrayList<>();
        List<Integer> shiftedAt = new ArrayList<>();
        double atS = 5;
        for (int i = 0; i < 20_000; i++) {
            if (i > 100 && i % 40 == 0) {
                atS += i % 80 == 0 ? 0.05 : -0.05;
                shiftedAt.add(i);
            }
            beats.add(Math.round(atS * 1e9));
            atS += periodS;
        }
        long[] beatsNs = beats.stream().mapToLong(b -> b).toArray();
        Course course = new Course(patient, 1).told(Spoken.WALK).walk(atS, beatsNs, Math.round(periodS * 1e9));

        double[] answer = meanAnswer(course, beatsNs, shiftedAt, periodS);
        // Two unknowns, least squares; the first answers come one step later than in tapping.
        double xx = 0;
        double xy = 0;
        double yy = 0;
        double xz = 0;
        double yz = 0;
        for (int n = 2; n + 1 < answer.length; n++) {
            double x = -(answer[n] - answer[n - 1]);
            double y = -answer[n - 1];
            double z = answer[n + 1] - 2 * answer[n] + answer[n - 1];
            xx += x * x;
            xy += x * y;
            yy += y * y;
            xz += x * z;
            yz += y * z;
        }
        double det = xx * yy - xy * xy;
        assertThat((xz * yy - yz * xy) / det).as("alpha").isCloseTo(alpha, within(0.08));
        assertThat((yz * xx - xz * xy) / det).as("beta").isCloseTo(beta, within(0.04));
    }

    private static double[] meanAnswer(Course course, long[] beatsNs, List<Integer> shiftedAt, double periodS) {
        long[] contacts =
                course.contacts.stream().mapToLong(Course.Contact::timeNs).toArray();
        double[] answer = new double[16];
        for (int at : shiftedAt) {
            double sign = at % 80 == 0 ? 1 : -1;
            for (int n = 0; n < answer.length; n++) {
                if (at + n >= beatsNs.length - 2) {
                    return answer;
                }
                int i = Arrays.binarySearch(contacts, beatsNs[at + n] - Math.round(periodS / 2 * 1e9));
                answer[n] += sign * (contacts[i >= 0 ? i : -i - 1] - beatsNs[at + n]) * 1e-9;
            }
        }
        return answer;
    }

    private static PatientProfile tireless(String kind) {
        PatientProfile preset = PatientPresets.named(kind);
        return new PatientProfile(kind, preset.gait(), preset.timing(), new Stamina(0, 0, 20, 0.5), preset.freezing());
    }

    private static PatientProfile timed(double alpha, double beta, double anticipationMs) {
        return new PatientProfile(
                "test",
                HEALTHY.gait().withStepTimeAsymmetry(0).withVariability(0.015, 0),
                new Timing(alpha, beta, anticipationMs, 5, 1, 0, 30, 30),
                new Stamina(0, 0, 300, 0.5),
                PatientProfile.Freezing.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy", "stroke", "parkinson", "ms"})
    void shouldStepAheadOfTheBeatAsTheProfileSays(String kind) {
        PatientProfile patient = tireless(kind);
        long[] beats = Course.beats(5, 900, 60 / patient.gait().cadenceSpm());
        Course course = new Course(patient, 2).told(Spoken.WALK).walk(900, beats);

        double[] asynchronies = course.asynchronies(60, 880, beats);

        assertThat(Course.mean(asynchronies) * 1e3).isCloseTo(-patient.timing().anticipationMs(), within(12.0));
        assertThat(course.cadence(60, 880)).isCloseTo(patient.gait().cadenceSpm(), within(0.1));
        assertThat(Course.sd(asynchronies)).isBetween(0.008, 0.09);
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy", "stroke", "parkinson", "slow-follower"})
    void shouldWalkUncuedAsItsGaitSays(String kind) {
        PatientProfile preset = PatientPresets.named(kind);
        PatientProfile patient =
                new PatientProfile(kind, preset.gait(), preset.timing(), new Stamina(0, 0, 20, 0.5), preset.freezing());
        Course course = new Course(patient, 3).told(Spoken.WALK).walk(20_000);

        double[] strides = course.strides(Foot.LEFT, 60, 20_000);

        assertThat(Course.mean(strides)).isCloseTo(patient.gait().strideTimeS(), within(0.012));
        assertThat(Course.sd(strides) / Course.mean(strides))
                .isCloseTo(
                        patient.gait().strideTimeCv(),
                        within(0.15 * patient.gait().strideTimeCv()));
        assertThat(course.asymmetry(60, 20_000)).isCloseTo(patient.gait().stepTimeAsymmetry(), within(0.005));
    }

    /** The variance of means of m strides falls as m to the power beta - 1. */
    @ParameterizedTest
    @CsvSource({"healthy, 0.7", "parkinson, 0.2"})
    void shouldDriftLikeOneOverF(String kind, double beta) {
        Course course = new Course(tireless(kind), 4).told(Spoken.WALK).walk(60_000);
        double[] strides = course.strides(Foot.LEFT, 3000, 60_000);

        double slope = Math.log(varianceOfMeans(strides, 64) / varianceOfMeans(strides, 4)) / Math.log(16.0);

        assertThat(1 + slope).isCloseTo(beta, within(0.2));
    }

    private static double varianceOfMeans(double[] values, int of) {
        double[] means = new double[values.length / of];
        Arrays.setAll(means, i -> Course.mean(Arrays.copyOfRange(values, i * of, (i + 1) * of)));
        double sd = Course.sd(means);
        return sd * sd;
    }

    @Test
    void shouldGiveUpABeatItCannotFollowAndFollowAgainWhenItCan() {
        PatientProfile patient = PatientPresets.named("slow-follower");
        double ownS = 60 / patient.gait().cadenceSpm();
        long[] slow = Course.beats(5, 200, ownS / 1.04);
        long[] fast = Course.beats(200, 400, ownS / 1.07);
        long[] slower = Course.beats(400, 600, ownS / 1.03);

        Course course = new Course(patient, 5).told(Spoken.WALK);
        course.walk(198, slow);
        assertThat(course.patient.following()).isTrue();
        course.walk(398, fast);
        assertThat(course.patient.givenUp()).isTrue();
        course.walk(598, slower);
        assertThat(course.patient.following()).isTrue();

        double own = patient.gait().cadenceSpm();
        assertThat(course.cadence(120, 198) / own).isCloseTo(1.04, within(0.004));
        assertThat(course.cadence(320, 398) / own).isLessThan(1.045);
        assertThat(course.cadence(520, 598) / own).isCloseTo(1.03, within(0.004));
    }

    @Test
    void shouldKeepAPartOfAFollowedTempoWhenTheBeatEnds() {
        double own = HEALTHY.gait().cadenceSpm();
        PatientProfile patient = new PatientProfile(
                "test", HEALTHY.gait(), HEALTHY.timing(), new Stamina(0, 0.4, 20, 0.5), HEALTHY.freezing());
        Course course = new Course(patient, 6).told(Spoken.WALK).walk(1000, Course.beats(5, 600, 60 / own / 1.08));

        assertThat(course.cadence(400, 600) / own).isCloseTo(1.08, within(0.003));
        assertThat(course.cadence(700, 850) / own).isCloseTo(1.03, within(0.015));
    }

    @Test
    void shouldWalkMoreSlowlyWhenTired() {
        PatientProfile patient = PatientPresets.named("ms");
        Course course = new Course(patient, 7).told(Spoken.WALK).walk(1800);

        assertThat(course.cadence(1500, 1800) / course.cadence(5, 300)).isBetween(0.8, 0.93);
    }

    @Test
    void shouldGiveUpSomeAsymmetryWithABeat() {
        PatientProfile patient = PatientPresets.named("stroke");
        Course course = new Course(patient, 8)
                .told(Spoken.WALK)
                .walk(900, Course.beats(300, 900, 60 / patient.gait().cadenceSpm()));

        assertThat(course.asymmetry(20, 290)).isCloseTo(0.2, within(0.015));
        assertThat(course.asymmetry(400, 890)).isCloseTo(0.16, within(0.015));
    }
}
