package dev.entrain.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StylesTest {
    @Test
    void shouldLookOnEveryCanvasAsTheStyleSheetSays() {
        Look look = Styles.look("curve red dash", false);

        assertThat(look.stroke()).isEqualTo(0xd55e00);
        assertThat(look.strokeWidthPx()).isEqualTo(1.5);
        assertThat(look.dashPx()).containsExactly(5.0, 3.0);
        assertThat(look.fill()).isEqualTo(Look.NONE);
        assertThat(Styles.look("end small", true).anchor()).isEqualTo(Look.Anchor.END);
        assertThat(Styles.look("end small", true).sizePx()).isEqualTo(12);
        assertThat(Styles.look("grid", false).stroke()).isEqualTo(0xe4e4e4);
        assertThat(Styles.look("page", false).fill()).isEqualTo(0xffffff);
    }

    @Test
    void shouldLetLaterRulesWinWhateverOrderAStyleNamesThemIn() {
        assertThat(Styles.look("thin curve", false)).isEqualTo(Styles.look("curve thin", false));
        assertThat(Styles.look("thin curve", false).strokeWidthPx()).isEqualTo(1);
    }
}
