package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.cue.CueCommand;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import org.junit.jupiter.api.Test;

class LevelSettingTest {
    private static final int RATE_HZ = 48_000;

    private static AudioConfig asked(double levelDbSpl) {
        return AudioConfig.DEFAULT.withLevel(-18, new Loudness(levelDbSpl, Double.NaN));
    }

    /** The Fast maximum of beats of both feet as rendered, dB(A). */
    private static double rendered(AudioConfig config) {
        CueMixer mixer = new CueMixer(config, RATE_HZ, new Counters(), new SlotRing<>(2, PlayedCue::new));
        float[] block = new float[2 * 480];
        for (int i = 1; i <= 8; i++) {
            CueCommand beat = CueCommands.schedule(i, i * 500_000_000L);
            mixer.apply(beat);
        }
        for (int i = 0; i < 500; i++) {
            mixer.render(block, 480, new LinearFrameClock(0, RATE_HZ));
        }
        return config.loudness().fullScaleDbSpl() + mixer.level().fastMaxDb();
    }

    @Test
    void shouldPlayABeatAtTheLevelAMeterShows() {
        for (double level : new double[] {45, 60, 70, 80}) {
            LevelSetting setting = LevelSetting.of(asked(level), OutputCalibration.NONE.withFullScale(112));
            assertThat(setting.doubtful()).isFalse();
            assertThat(setting.beatDbSpl()).isCloseTo(level, within(1e-9));
            // The decay of the beat before adds a little.
            assertThat(rendered(setting.audio())).isCloseTo(level, within(0.2));
        }
    }

    @Test
    void shouldFallBackAndSayWhyWithoutCalibration() {
        LevelSetting setting = LevelSetting.of(asked(65), OutputCalibration.NONE);
        assertThat(setting.audio().levelDbfs()).isEqualTo(-18);
        assertThat(setting.beatDbSpl()).isNaN();
        assertThat(setting.doubtful()).isTrue();
        assertThat(setting.notice()).contains("not calibrated", "level_db_spl", "-18", "entrain calibrate headphones");
    }

    @Test
    void shouldTakeAnImplausibleCalibrationForNone() {
        assertThat(LevelSetting.of(asked(65), OutputCalibration.NONE.withFullScale(20))
                        .doubtful())
                .isTrue();
    }

    @Test
    void shouldSayWhatTheOutputCannotReach() {
        LevelSetting setting = LevelSetting.of(asked(80), OutputCalibration.NONE.withFullScale(85));
        assertThat(setting.audio().levelDbfs()).isEqualTo(AudioConfig.LEVEL_MAX_DBFS);
        assertThat(setting.beatDbSpl()).isLessThan(80);
        assertThat(setting.notice()).contains("out of this output's reach", "up");
    }

    @Test
    void shouldHoldALevelSetTooLoudInFullScaleUnderTheCap() {
        AudioConfig loud = AudioConfig.DEFAULT.withLevel(-6, Loudness.UNKNOWN);
        LevelSetting setting = LevelSetting.of(loud, OutputCalibration.NONE.withFullScale(120));
        assertThat(setting.doubtful()).isTrue();
        assertThat(setting.beatDbSpl()).isGreaterThan(Loudness.MOST_DBA);
        assertThat(rendered(setting.audio())).isLessThan(Loudness.MOST_DBA);
    }

    @Test
    void shouldRefuseALevelNobodyMayAskFor() {
        assertThatThrownBy(() -> new Loudness(86, 110)).hasMessageContaining("80");
    }
}
