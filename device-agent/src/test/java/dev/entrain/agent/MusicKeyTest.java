package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MusicKeyTest {
    private static final long MS = 1_000_000L;

    private final List<String> heard = new ArrayList<>();
    private final MusicKey key = new MusicKey(() -> heard.add("another"), () -> heard.add("like"));

    private void press(long atMs, long forMs) {
        key.edge(true, atMs * MS);
        key.edge(false, (atMs + forMs) * MS);
    }

    @Test
    void shouldTakeAShortPressForAnotherSongAndALongOneForLiking() {
        press(0, 150);
        press(1000, 799);
        press(3000, 800);
        press(6000, 4000);
        assertThat(heard).containsExactly("another", "another", "like", "like");
    }

    @Test
    void shouldNotCountBounce() {
        press(0, 2);
        press(4, 200);
        press(205, 3);
        assertThat(heard).containsExactly("another");
    }

    @Test
    void shouldBearEdgesThatNeverCame() {
        key.edge(false, 10 * MS);
        key.edge(true, 20 * MS);
        key.edge(true, 500 * MS);
        key.edge(false, 900 * MS);
        key.edge(false, 2000 * MS);
        assertThat(heard).containsExactly("like");
    }
}
