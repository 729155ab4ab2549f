package dev.entrain.gait.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a foot's movements say of its sensor, piece by piece. */
class EvidenceTest {
    @ParameterizedTest
    @ValueSource(doubles = {50, 100, 400})
    void shouldFindTheWayOfEveryStride(double rateHz) {
        WalkModel model = new WalkModel(
                WalkScript.parse("stand 3, walk 17", WalkPresets.healthy(), "test"),
                new WalkOptions(rateHz, 20, 3, SensorOptions.typical()),
                TruthSink.NONE);
        StridePath path = new StridePath();
        ImuSample s = new ImuSample();
        int strides = 0;
        while (model.next(s)) {
            if (s.foot == Foot.LEFT
                    && path.add(s.axMps2, s.ayMps2, s.azMps2, s.gxRadps, s.gyRadps, s.gzRadps, 1 / rateHz)
                    && path.lengthM() > 1) {
                strides++;
                assertThat(path.hasGravity()).isTrue();
                assertThat(path.isSound()).isTrue();
                assertThat(path.lengthM()).isCloseTo(1.34, within(0.12));
                assertThat(path.upZ()).isGreaterThan(0.99);
                // The left toes point out by 0.1 rad, so the way runs to their right.
                assertThat(Math.atan2(path.rightX(), -path.rightY())).isCloseTo(-0.1, within(0.12));
                assertThat(path.yawRad()).isCloseTo(0, within(0.15));
            }
        }
        assertThat(strides).isBetween(12, 16);
    }

    @Test
    void shouldTellOnlyRestsWithoutGravity() {
        WalkModel model = new WalkModel(
                WalkScript.parse("stand 3, walk 17", WalkPresets.healthy(), "test"),
                new WalkOptions(100, 20, 3, SensorOptions.typical().withGravityRemoved(true)),
                TruthSink.NONE);
        StridePath path = new StridePath();
        ImuSample s = new ImuSample();
        int strides = 0;
        while (model.next(s)) {
            if (s.foot == Foot.LEFT && path.add(s.axMps2, s.ayMps2, s.azMps2, s.gxRadps, s.gyRadps, s.gzRadps, 0.01)) {
                strides++;
                assertThat(path.hasGravity()).isFalse();
                assertThat(path.upX()).isNaN();
            }
        }
        assertThat(strides).isBetween(12, 17);
    }

    @Test
    void shouldDoubtTheSidesOnlyOnEvidence() {
        SideCheck right = new SideCheck();
        SideCheck wrong = new SideCheck();
        SideCheck none = new SideCheck();
        for (int i = 0; i < 8; i++) {
            assertThat(i < 4 || !Double.isNaN(right.swapped())).isTrue();
            right.add(Foot.LEFT, 0.01, 0.1);
            right.add(Foot.RIGHT, -0.01, -0.1);
            wrong.add(Foot.LEFT, -0.01, -0.1);
            wrong.add(Foot.RIGHT, 0.01, 0.1);
            none.add(Foot.LEFT, 0, 0);
        }
        assertThat(right.swapped()).isLessThan(0.1);
        assertThat(wrong.swapped()).isCloseTo(1 - right.swapped(), within(1e-9));
        assertThat(none.swapped()).isNaN();
    }

    @Test
    void shouldNoticeSwappedSensorsMidWalk() {
        SideCheck sides = new SideCheck();
        for (int i = 0; i < 200; i++) {
            double outward = i < 100 ? 0.012 : -0.012;
            sides.add(Foot.LEFT, outward, 5 * outward);
            sides.add(Foot.RIGHT, -outward, -5 * outward);
        }
        assertThat(sides.swapped()).isGreaterThan(0.9);
    }

    @Test
    void shouldNoticeTheEndOfTheRangeAndNotHeldReadings() {
        ClipWatch clips = new ClipWatch();
        for (int i = 0; i < 200; i++) {
            double x = 9 * Math.sin(i * 0.1);
            // Every second reading is held, as slow sensors deliver.
            int held = i / 2 * 2;
            assertThat(clips.add(9 * Math.sin(held * 0.1), Math.cos(held * 0.1), 0.1))
                    .as("at %s", x)
                    .isFalse();
        }
        assertThat(clips.everClipped()).isFalse();
        int clipped = 0;
        for (int i = 0; i < 200; i++) {
            clipped += clips.add(Math.clamp(20 * Math.sin(i * 0.1), -12, 12), Math.cos(i * 0.1), 0.1) ? 1 : 0;
        }
        assertThat(clipped).isGreaterThan(60);
        assertThat(clips.everClipped()).isTrue();
    }
}
