package dev.entrain.audio.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The planned beats as music knows them, however the plan is revised. */
class BeatTrackTest {
    private static final int RATE_HZ = 48_000;
    private static final int PERIOD = 28_800;
    private static final long PERIOD_NS = 600_000_000L;

    private final BeatTrack track = new BeatTrack(RATE_HZ);

    /** Ids and frames in turn. */
    private void plan(long blockFrame, long... cues) {
        PlanView view = new PlanView();
        view.begin(blockFrame, 256, 0, 0);
        for (int i = 0; i < cues.length; i += 2) {
            view.add(cues[i], cues[i + 1], PERIOD_NS);
        }
        track.update(view);
    }

    private List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        for (int i = track.after(Long.MIN_VALUE); i >= 0; i = track.after(track.ordinalAt(i))) {
            ids.add(track.idAt(i));
        }
        return ids;
    }

    @Test
    void shouldForgetABeatThatIsWithdrawnBeforeOthers() {
        plan(0, 1, PERIOD, 2, 2 * PERIOD, 3, 3 * PERIOD);
        plan(256, 1, PERIOD, 3, 3 * PERIOD);

        assertThat(ids()).containsExactly(1L, 3L);
        assertThat(track.steady(PERIOD)).isFalse();
        assertThat(track.frameOf(track.ordinalAt(0) + 1)).isEqualTo(2.0 * PERIOD);
    }

    @Test
    void shouldTakeABeatPlannedInThePlaceOfAWithdrawnOne() {
        plan(0, 1, PERIOD, 2, 2 * PERIOD, 3, 3 * PERIOD);
        plan(256, 1, PERIOD, 4, 2 * PERIOD - 500, 3, 3 * PERIOD);

        assertThat(ids()).containsExactly(1L, 4L, 3L);
        assertThat(track.steady(PERIOD)).isTrue();
        assertThat(track.frameOf(track.ordinalAt(0) + 1)).isEqualTo(2.0 * PERIOD - 500);
    }

    @Test
    void shouldTakeANewPlanAtOnce() {
        plan(0, 1, PERIOD, 2, 2 * PERIOD);
        plan(256, 5, PERIOD - 900, 6, 2 * PERIOD - 900);

        assertThat(ids()).containsExactly(5L, 6L);
    }

    @Test
    void shouldKeepBeatsThatHavePassed() {
        plan(0, 1, PERIOD, 2, 2 * PERIOD);
        plan(PERIOD + 256, 2, 2 * PERIOD, 3, 3 * PERIOD);

        assertThat(ids()).containsExactly(1L, 2L, 3L);
    }
}
