package dev.entrain.entrainment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LockDetectorTest {
    private static final long PERIOD_NS = 550_000_000L;

    private final LockDetector detector = new LockDetector();

    @Test
    void shouldLockToAWalkerOnTheBeat() {
        for (int i = 0; i < 40; i++) {
            detector.onStep(i * PERIOD_NS - 40_000_000, true, -40_000_000, PERIOD_NS);
        }

        assertThat(detector.known()).isTrue();
        assertThat(detector.locked()).isTrue();
        assertThat(detector.unlockedNs(40 * PERIOD_NS)).isZero();
    }
}
