package dev.entrain.sim.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PatientTest {
    @SuppressWarnings("UnusedVariable") // Names the kinds for the parameterised tests.
    private static final List<String> KINDS = PatientPresets.NAMES;

    private static final PatientProfile FREEZER = PatientPresets.named("parkinson-freezing");

    @Test
    void shouldStandUntilToldAndStopWhenToldWithinItsReaction() {
        Course course = new Course(PatientPresets.named("healthy"), 1).walk(10);
        assertThat(course.contacts).isEmpty();

        course.told(Spoken.WALK).walk(30).told(Spoken.STOP).walk(60);

        assertThat(course.contacts.getFirst().timeNs() * 1e-9).isBetween(10.6, 12.0);
        assertThat(course.contacts.getLast().timeNs() * 1e-9).isBetween(30.0, 32.5);
    }

    @Test
    void shouldTurnWhenToldAndAtTheEndOfTheCorridor() {
        Course course = new Course(PatientPresets.named("healthy"), 1)
                .told(Spoken.WALK)
                .walk(20)
                .told(Spoken.TURN)
                .walk(40);
        assertThat(course.turnsDeg).hasSize(1);

        course.walk(240);
        assertThat(course.turnsDeg.size()).isBetween(4, 6);
    }

    @Test
    void shouldNotKnowABeatBeforeItSounds() {
        PatientProfile patient = PatientPresets.named("healthy");
        Course without = new Course(patient, 9).told(Spoken.WALK).walk(60);
        Course with = new Course(patient, 9).told(Spoken.WALK).walk(60, Course.beats(30, 60, 0.5));

        int same =
                (int) without.contacts.stream().filter(c -> c.timeNs() < 30.4e9).count();
        assertThat(with.contacts.subList(0, same)).isEqualTo(without.contacts.subList(0, same));
        assertThat(with.contacts.get(same + 12)).isNotEqualTo(without.contacts.get(same + 12));
    }

    @Test
    void shouldBeTheSameForTheSameSeedAndAnotherForAnother() {
        assertThat(FREEZER.individual(3)).isEqualTo(FREEZER.individual(3)).isNotEqualTo(FREEZER.individual(4));
        assertThat(new Course(FREEZER, 3).told(Spoken.WALK).walk(60).contacts)
                .isEqualTo(new Course(FREEZER, 3).told(Spoken.WALK).walk(60).contacts);
    }

    @Test
    void shouldFreezeAsOftenAndAsLongAsTheProfileSays() {
        Course course = new Course(FREEZER, 11).told(Spoken.WALK).walk(36_000);
        double[] durations = course.freezes.stream()
                .mapToDouble(Course.Frozen::durationS)
                .sorted()
                .toArray();

        // Half a one a minute of straight walking, six times as often at turns and starts.
        assertThat(course.freezes.size() / 600.0).isBetween(0.4, 1.5);
        assertThat(durations[durations.length / 2]).isCloseTo(5.4, within(0.8));
        assertThat(Course.mean(durations)).isCloseTo(7.3, within(1.2));
        assertThat(course.freezes).noneMatch(Course.Frozen::relieved);
    }

    @Test
    void shouldBeRelievedByBeatsAndFreezeLessWithThem() {
        Course uncued = new Course(FREEZER, 12).told(Spoken.WALK).walk(20_000);
        Course cued = new Course(FREEZER, 12)
                .told(Spoken.WALK)
                .walk(20_000, Course.beats(5, 20_000, 60 / FREEZER.gait().cadenceSpm()));

        double[] cuedS = cued.freezes.stream()
                .mapToDouble(Course.Frozen::durationS)
                .sorted()
                .toArray();
        assertThat(cued.freezes.stream().filter(Course.Frozen::relieved).count())
                .isGreaterThan(cued.freezes.size() / 2L);
        assertThat(cuedS[cuedS.length / 2]).isLessThan(3);
        assertThat(cued.freezes.size()).isLessThan(uncued.freezes.size());
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void shouldWalkTheModelWithoutAFootThatMovesBeforeItRests(String kind) {
        for (long seed = 1; seed <= 5; seed++) {
            Patient patient = new Patient(PatientPresets.named(kind).individual(seed), seed, TruthSink.NONE);
            patient.hear(Spoken.WALK, 0);
            WalkModel model = new WalkModel(patient, new WalkOptions(50, 600, seed, sensors()), TruthSink.NONE);
            ImuSample sample = new ImuSample();
            long readings = 0;
            while (model.next(sample)) {
                readings++;
            }
            assertThat(readings).isEqualTo(60_000);
        }
    }

    private static SensorOptions sensors() {
        return SensorOptions.typical();
    }

    @Test
    void shouldNameWhatIsOutOfRangeAndWhichKindsThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PatientProfile.Timing(1.5, 0, 0, 0, 1, 0, 0, 0))
                .withMessageContaining("phase correction is 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PatientPresets.named("nobody"))
                .withMessageContaining("slow-follower");
    }
}
