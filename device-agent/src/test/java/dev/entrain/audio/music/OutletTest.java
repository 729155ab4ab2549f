package dev.entrain.audio.music;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counters;
import org.junit.jupiter.api.Test;

/** Which beats the audio thread leaves to music. */
class OutletTest {
    private static final int BLOCK = 1024;

    private final Outlet outlet = new Outlet(0, new Counters());

    private float clickOfABeatWith(int framesMade) {
        outlet.prepare(48_000, -20);
        outlet.ring().begin(0, 0);
        outlet.ring().put(new float[framesMade], framesMade);
        outlet.ring().carry(1, 0);
        outlet.planBegins(0, BLOCK);
        outlet.planEnds();
        return outlet.clickGain(1, 0);
    }

    @Test
    void shouldClickABeatWhoseMusicFadesInTheSameBlockBecauseTooLittleIsThere() {
        assertThat(clickOfABeatWith(BLOCK + 200)).isEqualTo(1);
        assertThat(outlet.fallbacks()).isEqualTo(1);
    }

    @Test
    void shouldLeaveABeatToMusicThatIsThere() {
        assertThat(clickOfABeatWith(BLOCK + 240)).isZero();
        assertThat(outlet.fallbacks()).isZero();
    }
}
