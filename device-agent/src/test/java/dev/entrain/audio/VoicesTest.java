package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.sample.Foot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoicesTest {
    private static final int BANDS = 200;
    private static final double BAND_HZ = 25;
    private static final int SLICES = 12;
    private static final int[] RATES_HZ = {44_100, 48_000, 96_000};

    @ParameterizedTest
    @EnumSource(Timbre.class)
    void shouldBeEquallyLoudForBothFeet(Timbre timbre) {
        for (int rateHz : RATES_HZ) {
            Voices voices = new Voices(timbre, rateHz);
            for (Voice voice : Voice.values()) {
                float[] left = voices.of(voice, Foot.LEFT);
                float[] right = voices.of(voice, Foot.RIGHT);

                assertThat(kDb(left, rateHz)).as("%s K", voice).isCloseTo(kDb(right, rateHz), within(0.4));
                assertThat(aDb(left, rateHz)).as("%s A", voice).isCloseTo(aDb(right, rateHz), within(0.4));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 96_000})
    void shouldBeEquallyLoudInEveryTimbreAndLouderInAccents(int rateHz) {
        for (Voice voice : Voice.values()) {
            for (Foot foot : Foot.values()) {
                float[] wood = new Voices(Timbre.WOOD, rateHz).of(voice, foot);
                for (Timbre timbre : Timbre.values()) {
                    float[] other = new Voices(timbre, rateHz).of(voice, foot);
                    assertThat(kDb(other, rateHz)).as("%s K", timbre).isCloseTo(kDb(wood, rateHz), within(1.0));
                    assertThat(aDb(other, rateHz)).as("%s A", timbre).isCloseTo(aDb(wood, rateHz), within(1.0));
                }
            }
        }
        for (Timbre timbre : Timbre.values()) {
            Voices voices = new Voices(timbre, rateHz);
            double gained =
                    mean(voices.of(Voice.ACCENT, Foot.LEFT), rateHz) - mean(voices.of(Voice.BEAT, Foot.LEFT), rateHz);
            assertThat(gained).isCloseTo(Voices.ACCENT_DB, within(0.02));
        }
    }

    @Test
    void shouldSoundOnFrameZeroAndEndAtZero() {
        for (int rateHz : RATES_HZ) {
            for (float[] sound : all(rateHz)) {
                // At 30 dB below the loudest level this still is a step of 16 bit.
                assertThat(Math.abs(sound[0])).isGreaterThan(0.001f).isLessThan(0.2f);
                assertThat(sound[sound.length - 1]).isZero();
                assertThat(sound.length).isLessThanOrEqualTo(rateHz * 120 / 1000);
            }
        }
    }

    @Test
    void shouldBePerceivedWithinTwoMillisecondsOfFrameZero() {
        for (int rateHz : RATES_HZ) {
            for (Timbre timbre : Timbre.values()) {
                Voices voices = new Voices(timbre, rateHz);
                for (Voice voice : Voice.values()) {
                    double left = SoundFigures.of(voices.of(voice, Foot.LEFT), 1, rateHz)
                            .perceivedMs();
                    double right = SoundFigures.of(voices.of(voice, Foot.RIGHT), 1, rateHz)
                            .perceivedMs();
                    assertThat(left).isBetween(0.0, Voices.PERCEIVED_WITHIN_MS);
                    assertThat(right).isBetween(0.0, Voices.PERCEIVED_WITHIN_MS);
                    assertThat(right).as("%s %s", timbre, voice).isCloseTo(left, within(0.7));
                }
            }
        }
    }

    @Test
    void shouldJustStayBelowFullScaleBetweenSamplesToo() {
        for (int rateHz : RATES_HZ) {
            double largest = 0;
            for (float[] sound : all(rateHz)) {
                largest = Math.max(largest, TruePeakReference.of(sound));
            }
            assertThat(largest).isBetween(0.97, 1.0);
        }
    }

    @Test
    void shouldCarryNoDirectCurrentAndLieWhereOldEarsAndSmallHeadphonesHear() {
        for (float[] sound : all(48_000)) {
            double sum = 0;
            for (float value : sound) {
                sum += value;
            }
            assertThat(Math.abs(sum) / sound.length).isLessThan(0.0025);
            assertThat(share(sound, 0, 100)).isLessThan(0.002);
            assertThat(share(sound, 300, 3000)).isGreaterThan(0.9);
        }
    }

    @Test
    void shouldTellTheFeetApartByPitch() {
        for (Timbre timbre : Timbre.values()) {
            Voices voices = new Voices(timbre, 48_000);
            double least = timbre == Timbre.SWISH ? 1.6 : 1.3;
            for (Voice voice : Voice.values()) {
                double left = lowEdgeHz(voices.of(voice, Foot.LEFT));
                double right = lowEdgeHz(voices.of(voice, Foot.RIGHT));
                assertThat(right / left).as("%s %s", timbre, voice).isGreaterThan(least);
            }
        }
    }

    @Test
    void shouldTellEverySoundFromEveryOther() {
        List<double[]> sounds = all(48_000).stream().map(VoicesTest::course).toList();
        for (int i = 0; i < sounds.size(); i++) {
            for (int j = 0; j < i; j++) {
                // Four sounds in a row are a timbre's; only those are ever heard together.
                double most = i / 4 == j / 4 ? 0.9 : 0.95;
                double alike = alike(sounds.get(i), sounds.get(j));
                assertThat(alike).as("sounds %d and %d", i, j).isLessThan(most);
            }
        }
    }

    @Test
    void shouldBeTheSameBitsEveryTime() {
        CRC32 crc = new CRC32();
        for (float[] sound : all(48_000)) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * sound.length);
            for (float value : sound) {
                bytes.putFloat(value);
            }
            crc.update(bytes.array());
        }
        // Changes with every change of a sound, which is one for CHANGELOG.md.
        assertThat(crc.getValue()).isEqualTo(3862606398L);
    }

    private static List<float[]> all(int rateHz) {
        List<float[]> sounds = new ArrayList<>();
        for (Timbre timbre : Timbre.values()) {
            Voices voices = new Voices(timbre, rateHz);
            for (Voice voice : Voice.values()) {
                for (Foot foot : Foot.values()) {
                    sounds.add(voices.of(voice, foot));
                }
            }
        }
        return sounds;
    }

    private static double kDb(float[] sound, int rateHz) {
        return SoundFigures.kEnergyDb(sound, rateHz);
    }

    private static double aDb(float[] sound, int rateHz) {
        return SoundFigures.aEnergyDb(sound, rateHz);
    }

    private static double mean(float[] sound, int rateHz) {
        return (kDb(sound, rateHz) + aDb(sound, rateHz)) / 2;
    }

    /** The energy of a stretch of a sound at 48 kHz in bands up to 5 kHz, by a plain Fourier sum. */
    private static double[] spectrum(float[] sound, int from, int frames) {
        double[] energy = new double[BANDS];
        for (int band = 0; band < energy.length; band++) {
            double turn = 2 * Math.PI * BAND_HZ * (band + 0.5) / 48_000;
            double re = 0;
            double im = 0;
            for (int i = from; i < Math.min(sound.length, from + frames); i++) {
                re += sound[i] * Math.cos(turn * i);
                im += sound[i] * Math.sin(turn * i);
            }
            energy[band] = re * re + im * im;
        }
        return energy;
    }

    private static double share(float[] sound, double lowHz, double highHz) {
        double[] energy = spectrum(sound, 0, sound.length);
        double in = 0;
        double all = 0;
        for (int band = 0; band < energy.length; band++) {
            double hz = BAND_HZ * (band + 0.5);
            in += hz >= lowHz && hz <= highHz ? energy[band] : 0;
            all += energy[band];
        }
        return in / all;
    }

    /** The frequency with a tenth of the energy below it. */
    private static double lowEdgeHz(float[] sound) {
        double[] energy = spectrum(sound, 0, sound.length);
        double aim = 0.1 * Arrays.stream(energy).sum();
        double sum = 0;
        for (int band = 0; band < energy.length; band++) {
            sum += energy[band];
            if (sum >= aim) {
                return band * BAND_HZ + BAND_HZ * (1 - (sum - aim) / energy[band]);
            }
        }
        throw new AssertionError("the sum of all is reached");
    }

    /** The spectra of a sound's slices of 10 ms. */
    private static double[] course(float[] sound) {
        double[] course = new double[SLICES * BANDS];
        for (int slice = 0; slice < SLICES; slice++) {
            System.arraycopy(spectrum(sound, 480 * slice, 480), 0, course, slice * BANDS, BANDS);
        }
        return course;
    }

    /** How alike two sounds are, 0 to 1: the correlation of their spectra over time. */
    private static double alike(double[] a, double[] b) {
        double ab = 0;
        for (int i = 0; i < a.length; i++) {
            ab += Math.sqrt(a[i] * b[i]);
        }
        return ab / Math.sqrt(Arrays.stream(a).sum() * Arrays.stream(b).sum());
    }
}
