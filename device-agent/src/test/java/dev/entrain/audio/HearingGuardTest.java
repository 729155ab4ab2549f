package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.sample.Foot;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HearingGuardTest {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK = 256;

    private final SoundLevel level = new SoundLevel();

    private static double sine(double frequencyHz, int frame) {
        return Math.sin(2 * Math.PI * frequencyHz * frame / RATE_HZ);
    }

    /** Passes a signal through a bus and returns what comes out, without the delay. */
    private float[] pass(double fullScaleDbSpl, int frames, IntToDoubleFunction signal) {
        MasterBus bus = new MasterBus(new Loudness(Double.NaN, fullScaleDbSpl), level, RATE_HZ);
        float[] out = new float[frames + bus.delayFrames()];
        float[] block = new float[2 * BLOCK];
        for (int from = 0; from < out.length; from += BLOCK) {
            int count = Math.min(BLOCK, out.length - from);
            for (int i = 0; i < count; i++) {
                block[2 * i] = (float) signal.applyAsDouble(from + i);
            }
            bus.process(block, count);
            for (int i = 0; i < count; i++) {
                out[from + i] = block[2 * i];
                assertThat(block[2 * i + 1]).isEqualTo(block[2 * i]);
            }
        }
        return Arrays.copyOfRange(out, bus.delayFrames(), out.length);
    }

    @Test
    void shouldMeasureASineByItsLevelAndTime() {
        pass(Double.NaN, 10 * RATE_HZ, frame -> 0.5 * sine(1000, frame));
        assertThat(10 * Math.log10(level.exposureS() / 10)).isCloseTo(20 * Math.log10(0.5), within(0.02));
        assertThat(level.fastMaxDb()).isCloseTo(20 * Math.log10(0.5), within(0.05));
    }

    @Test
    void shouldMeasureNothingInSilence() {
        pass(Double.NaN, RATE_HZ, frame -> 0);
        assertThat(level.exposureS()).isZero();
        assertThat(level.fastMaxDb()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(doubles = {95, 110, 120, 135})
    void shouldHoldEverySoundUnderTheCapWhateverItsShape(double fullScaleDbSpl) {
        IntToDoubleFunction[] signals = {
            frame -> sine(1000, frame),
            frame -> 100 * sine(2500, frame),
            frame -> sine(200, frame),
            frame -> Math.signum(sine(440, frame)),
            frame -> frame % 24_000 < 3 ? 1 : 0,
            frame -> frame % 6_000 < 600 ? sine(3000, frame) : 0,
            frame -> frame / 12_000 % 2 * sine(1500, frame),
            frame -> ((frame * 1_103_515_245L + 12_345) >> 16 & 0xffff) / 32768.0 - 1
        };
        for (int i = 0; i < signals.length; i++) {
            SoundLevel before = new SoundLevel();
            MasterBus bus = new MasterBus(new Loudness(Double.NaN, fullScaleDbSpl), before, RATE_HZ);
            float[] block = new float[2 * BLOCK];
            for (int from = 0; from < 3 * RATE_HZ; from += BLOCK) {
                for (int j = 0; j < BLOCK; j++) {
                    block[2 * j] = (float) signals[i].applyAsDouble(from + j);
                }
                bus.process(block, BLOCK);
            }
            assertThat(fullScaleDbSpl + before.fastMaxDb()).as("signal %d", i).isLessThan(Loudness.MOST_DBA);
        }
    }

    @Test
    void shouldLetALastingToneRestJustUnderTheCap() {
        float[] out = pass(110, 4 * RATE_HZ, frame -> 0.5 * sine(1000, frame));
        double power = 0;
        for (int i = 3 * RATE_HZ; i < out.length; i++) {
            power += 2 * out[i] * out[i] / RATE_HZ;
        }
        assertThat(110 + 10 * Math.log10(power)).isBetween(Loudness.MOST_DBA - 2, Loudness.MOST_DBA);
    }

    @Test
    void shouldNotTouchCuesAtTheLoudestLevelThatMayBeAsked() {
        float[] beat = new Voices(SoundConfig.DEFAULT.timbre(), RATE_HZ).of(Voice.BEAT, Foot.LEFT);
        double gain = Math.pow(10, (Loudness.LEVEL_MAX - 115 - CueLevel.fastMaxDb(beat, RATE_HZ)) / 20);
        float[] out = pass(115, 2 * RATE_HZ, frame -> frame % 24_000 < beat.length ? gain * beat[frame % 24_000] : 0);
        for (int i = 0; i < out.length; i++) {
            assertThat(out[i]).isEqualTo(i % 24_000 < beat.length ? (float) (gain * beat[i % 24_000]) : 0);
        }
        assertThat(115 + level.fastMaxDb()).isCloseTo(Loudness.LEVEL_MAX, within(0.2));
    }

    @Test
    void shouldLowerByAtMostOneDecibelASecondWithoutAJump() {
        MasterBus bus = new MasterBus(Loudness.UNKNOWN, level, RATE_HZ);
        float[] block = new float[2 * BLOCK];
        double last = Double.NaN;
        double fastestDb = 0;
        for (int from = 0; from < 5 * RATE_HZ; from += BLOCK) {
            if (from > RATE_HZ) {
                level.attenuate(3);
            }
            for (int i = 0; i < BLOCK; i++) {
                block[2 * i] = 0.25f;
            }
            bus.process(block, BLOCK);
            for (int i = from == 0 ? bus.delayFrames() : 0; i < BLOCK; i++) {
                double nowDb = 20 * Math.log10(block[2 * i]);
                fastestDb = Math.max(fastestDb, Double.isNaN(last) ? 0 : Math.abs(nowDb - last));
                last = nowDb;
            }
        }
        // One frame of the ramp, and the rounding of a float.
        assertThat(fastestDb * RATE_HZ).isLessThan(HearingGuard.RAMP_DB_PER_S + 0.1);
        assertThat(level.attenuationDb()).isEqualTo(3);
        assertThat(last).isCloseTo(20 * Math.log10(0.25) - 3, within(1e-4));
    }

    @Test
    void shouldStartLoweredWhereItWasBefore() {
        level.attenuate(6);
        float[] out = pass(Double.NaN, BLOCK, frame -> 0.25);
        assertThat(20 * Math.log10(out[0] / 0.25)).isCloseTo(-6, within(1e-4));
    }
}
