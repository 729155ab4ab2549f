package dev.entrain.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LevelRuleTest {
    @Test
    void shouldLowerByAStepAtEachFullDoseDownToAFloor() {
        LevelRule rule = new LevelRule(0);
        double[] percent = {0, 99.9, 100, 150, 200, 299, 300, 400, 1000};
        double[] lowered = {0, 0, 3, 3, 6, 6, 9, 9, 9};
        boolean[] told = {false, false, true, false, true, false, true, true, true};
        for (int i = 0; i < percent.length; i++) {
            assertThat(rule.reaches(percent[i])).as("%s %%", percent[i]).isEqualTo(told[i]);
            assertThat(rule.attenuationDb()).as("%s %%", percent[i]).isEqualTo(lowered[i]);
        }
    }

    @Test
    void shouldReleaseOneStepAtATimeAndOnlyWellBelowIt() {
        LevelRule rule = new LevelRule(2);
        assertThat(rule.releases(181)).isFalse();
        assertThat(rule.releases(79)).isTrue();
        assertThat(rule.attenuationDb()).isEqualTo(3);
        assertThat(rule.releases(79)).isTrue();
        assertThat(rule.attenuationDb()).isZero();
        assertThat(rule.releases(0)).isFalse();
    }

    @Test
    void shouldNotTellAgainOfADoseThatOnlyHovers() {
        LevelRule rule = new LevelRule(0);
        assertThat(rule.reaches(100.1)).isTrue();
        assertThat(rule.releases(99)).isFalse();
        assertThat(rule.reaches(100.1)).isFalse();
    }
}
