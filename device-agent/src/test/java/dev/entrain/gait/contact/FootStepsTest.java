package dev.entrain.gait.contact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FootStepsTest {
    private final FootSteps steps = new FootSteps();

    @Test
    void shouldKnowWhenTheFootTouchedAndLeft() {
        steps.leaves(1.0);
        assertThat(steps.leftBetween(0.9, 1.1)).isTrue();
        assertThat(steps.touchedBetween(0, 9)).isFalse();
        steps.touched(1.0, 1.4);
        assertThat(steps.leftBetween(0.9, 1.1)).isTrue();
        assertThat(steps.touchedBetween(1.3, 1.4)).isTrue();
        assertThat(steps.touchedBetween(1.4, 2.0)).isFalse();
        steps.corrected(1.6);
        assertThat(steps.touchedBetween(1.5, 2.0)).isTrue();
    }

    @Test
    void shouldForgetASwingThatCameToNothing() {
        steps.leaves(1.0);
        steps.stays();
        assertThat(steps.leftBetween(0, 9)).isFalse();
    }

    @Test
    void shouldKnowNothingOfAFootThatIsSilentOrNeverStepped() {
        steps.seen(1.0);
        assertThat(steps.areKnown(1.1)).isFalse();
        steps.touched(0.5, 1.0);
        assertThat(steps.areKnown(1.1)).isTrue();
        assertThat(steps.areKnown(2.0)).isFalse();
    }

    @Test
    void shouldRememberTheNewestSteps() {
        for (int i = 0; i < 100; i++) {
            steps.touched(i, i + 0.4);
        }
        assertThat(steps.touchedBetween(99, 100)).isTrue();
        assertThat(steps.touchedBetween(90, 90.5)).isTrue();
        assertThat(steps.touchedBetween(10, 11)).isFalse();
        steps.clear();
        assertThat(steps.touchedBetween(0, 200)).isFalse();
    }
}
