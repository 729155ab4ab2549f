package dev.entrain.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.LevelSetting;
import dev.entrain.audio.OutputCalibration;
import dev.entrain.audio.RenderedCues;
import dev.entrain.audio.SoundLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch over real renderings, with time moved by hand. */
class ExposureWatchTest {
    private static final long S = 1_000_000_000L;
    private static final double FULL_SCALE = 110;
    private static final Instant MONDAY = Instant.parse("2026-11-16T09:00:00Z");

    @TempDir
    Path state;

    private final AtomicInteger told = new AtomicInteger();
    private final RenderedCues rendered = new RenderedCues();
    private Instant now = MONDAY;
    private long nowNs = 60 * S;
    private String boot = "boot-1";

    private ExposureWatch watch(SoundLevel level, double fullScaleDbSpl) {
        LevelSetting setting =
                LevelSetting.of(AudioConfig.DEFAULT, OutputCalibration.NONE.withFullScale(fullScaleDbSpl));
        return new ExposureWatch(state, level, setting, () -> nowNs, () -> now, boot, told::incrementAndGet);
    }

    private void pass(ExposureWatch watch, long seconds) {
        for (long i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            nowNs += S;
            watch.look(nowNs);
        }
    }

    private JsonNode file() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(state.resolve("exposure.json")));
    }

    /** Renders a tone that holds so much dose on headphones of 110 dB SPL. */
    private static void hear(RenderedCues out, double percent) {
        double equalS = percent / 100 * SoundDose.FULL_S;
        out.count(equalS / SoundDose.equalS(FULL_SCALE, 1));
    }

    /** Lets the unit see that its clock went on while it was off; before that it believes no clock. */
    private void restOneDay() {
        RenderedCues sound = new RenderedCues();
        ExposureWatch watch = watch(sound.level(), FULL_SCALE);
        hear(sound, 1e-6);
        pass(watch, 12);
        now = now.plusSeconds(24 * 3600);
        nowNs = 30 * S;
        boot += "x";
    }

    @Test
    void shouldCountARenderedMinuteOfCuesAsComputedByHand() {
        ExposureWatch watch = watch(rendered.level(), FULL_SCALE);
        double energyS = rendered.playMinute();
        pass(watch, 1);
        double byHand = SoundDose.percent(energyS * SoundDose.equalS(FULL_SCALE, 1));
        ExposureState seen = watch.state();
        assertThat(10 * Math.log10(seen.dosePct7d() / byHand)).isCloseTo(0, within(0.2));
        assertThat(seen.mostPct7d()).isEqualTo(seen.dosePct7d());
    }

    @Test
    void shouldKeepTheDoseOverAKillWithinTenSeconds() throws IOException {
        ExposureWatch killed = watch(rendered.level(), FULL_SCALE);
        for (int i = 0; i < 60; i++) {
            hear(rendered, 0.1);
            pass(killed, 1);
        }
        assertThat(killed.state().dosePct7d()).isCloseTo(6.0, within(0.001));
        ExposureWatch next = watch(new SoundLevel(), FULL_SCALE);
        assertThat(next.state().dosePct7d()).isBetween(6.0 - 10 * 0.1, 6.001);
        assertThat(file().path("hours")).hasSize(1);
    }

    @Test
    void shouldLetADamagedFileCountAsAWholeWeekAndSetItAside() throws IOException {
        Files.writeString(state.resolve("exposure.json"), "{\"version\":1,\"hours\":[{");
        SoundLevel level = rendered.level();
        ExposureWatch watch = watch(level, FULL_SCALE);
        assertThat(state.resolve("exposure.json.damaged")).exists();
        assertThat(watch.state().dosePct7d()).isNaN();
        assertThat(watch.state().mostPct7d()).isEqualTo(100);
        pass(watch, 1);
        rendered.playMinute();
        pass(watch, 11);
        assertThat(told).hasValue(1);
        assertThat(watch.state().attenuationDb()).isEqualTo(3);
        assertThat(file().path("times_reached").asInt()).isEqualTo(1);
    }

    @Test
    void shouldGoOnInMemoryWhereTheDiskCannotBeWrittenAndKeepItLater() throws IOException {
        Path blocked = state.resolve("sub");
        Files.writeString(blocked, "a file where the folder should be");
        state = blocked;
        ExposureWatch watch = watch(rendered.level(), FULL_SCALE);
        hear(rendered, 5);
        pass(watch, 30);
        assertThat(watch.state().mostPct7d()).isCloseTo(5, within(0.001));
        Files.delete(blocked);
        pass(watch, 30);
        assertThat(file().path("hours").get(0).path("s_at_80_dba").asDouble()).isCloseTo(7200, within(0.1));
    }

    @Test
    void shouldWarnAtEachFullDoseAndLowerAndReleaseOnlyInQuiet() {
        ExposureWatch watch = watch(rendered.level(), FULL_SCALE);
        hear(rendered, 99);
        pass(watch, 1);
        assertThat(told).hasValue(0);
        hear(rendered, 2);
        pass(watch, 1);
        assertThat(told).hasValue(1);
        hear(rendered, 110);
        pass(watch, 1);
        assertThat(told).hasValue(2);
        rendered.playMinute();
        assertThat(rendered.level().attenuationDb()).isEqualTo(6);

        now = now.plusSeconds(8 * 24 * 3600);
        nowNs += 8L * 24 * 3600 * S;
        // A walk is under way: nothing is raised.
        hear(rendered, 0.001);
        pass(watch, 1);
        for (int i = 0; i < 20; i++) {
            hear(rendered, 0.001);
            pass(watch, 60);
        }
        rendered.playMinute();
        assertThat(rendered.level().attenuationDb()).isEqualTo(6);
        // Ten minutes of quiet give back one step, the next ten the other.
        pass(watch, 602);
        rendered.playSilence(10);
        assertThat(rendered.level().attenuationDb()).isEqualTo(3);
        pass(watch, 602);
        rendered.playSilence(10);
        assertThat(rendered.level().attenuationDb()).isZero();
        assertThat(told).hasValue(2);
    }

    @Test
    void shouldStartWhereTheRuleWasAndReleaseAStepWithTheStart() {
        restOneDay();
        ExposureWatch before = watch(rendered.level(), FULL_SCALE);
        hear(rendered, 250);
        pass(before, 12);
        RenderedCues next = new RenderedCues();
        boot = "boot-2";
        ExposureWatch after = watch(next.level(), FULL_SCALE);
        next.playSilence(1);
        assertThat(next.level().attenuationDb()).isEqualTo(6);
        pass(after, 2);
        assertThat(told).hasValue(1);

        now = now.plusSeconds(9 * 24 * 3600);
        nowNs = 30 * S;
        boot = "boot-3";
        RenderedCues later = new RenderedCues();
        ExposureWatch rested = watch(later.level(), FULL_SCALE);
        later.playSilence(1);
        assertThat(later.level().attenuationDb()).isEqualTo(3);
        assertThat(rested.state().mostPct7d()).isCloseTo(0, within(1e-3));
    }

    @Test
    void shouldNotCallADoseKnownOnHeadphonesNobodyCalibrated() throws IOException {
        ExposureWatch watch = watch(rendered.level(), Double.NaN);
        rendered.count(0.02 * SoundDose.FULL_S / SoundDose.equalS(ExposureWatch.ASSUMED_FULL_SCALE_DB_SPL, 1));
        pass(watch, 12);
        assertThat(watch.state().dosePct7d()).isNaN();
        assertThat(watch.state().mostPct7d()).isCloseTo(2, within(1e-6));
        assertThat(watch.state().levelDbSpl()).isNaN();
        assertThat(file().path("hours").get(0).path("s_at_80_dba").asDouble()).isZero();
    }

    @Test
    void shouldReportDayByDayWhatTheFileSays() throws IOException {
        restOneDay();
        for (int day = 1; day <= 3; day++) {
            now = MONDAY.plusSeconds(day * 24L * 3600);
            nowNs = 30 * S;
            boot = "boot-of-day-" + day;
            RenderedCues sound = new RenderedCues();
            ExposureWatch watch = watch(sound.level(), FULL_SCALE);
            hear(sound, day);
            pass(watch, 12);
        }
        ExposureReport report = ExposureReport.read(state, () -> now, ZoneOffset.UTC);
        assertThat(report.days())
                .extracting(ExposureReport.Day::date)
                .containsExactly(LocalDate.of(2026, 11, 17), LocalDate.of(2026, 11, 18), LocalDate.of(2026, 11, 19));
        assertThat(report.percent()).isCloseTo(6, within(1e-6));
        double seconds = 0;
        for (JsonNode hour : file().path("hours")) {
            seconds += hour.path("s_at_80_dba").asDouble();
        }
        assertThat(100 * seconds / 144_000).isCloseTo(report.percent(), within(1e-9));
    }

    @Test
    void shouldSayWhatIsWrongWithAFileThatCannotBeReported() throws IOException {
        Files.writeString(state.resolve("exposure.json"), "[]");
        assertThatThrownBy(() -> ExposureReport.read(state, () -> now, ZoneOffset.UTC))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exposure.json")
                .hasMessageContaining("sets it aside");
    }
}
