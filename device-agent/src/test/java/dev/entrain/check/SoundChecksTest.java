package dev.entrain.check;

import static dev.entrain.check.Found.expect;
import static dev.entrain.check.Found.in;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioOpener;
import dev.entrain.audio.AudioOutput;
import dev.entrain.audio.OutputCalibration;
import dev.entrain.audio.alsa.AlsaOpener;
import dev.entrain.audio.wav.WavOpener;
import dev.entrain.calibration.CalibrationStore;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sound on a paced file in place of a card, on libasound without one, and on cards that refuse. */
@Timeout(30)
class SoundChecksTest {
    private static final String DEVICE = "hw:CARD=Headphones";

    @TempDir
    private Path dir;

    /** An opener that is refused as libasound's is: nothing real here has a second user. */
    private record Refused(String message) implements AudioOpener {
        @Override
        public AudioOutput open() throws AudioException {
            throw new AudioException(message);
        }

        @Override
        public String describe() {
            return "sound card";
        }
    }

    private List<Finding> look(AudioOpener card) {
        return SoundCheck.opening(AudioConfig.DEFAULT.withDevice(DEVICE), dir, card, NanoClock.SYSTEM)
                .look();
    }

    @Test
    void shouldTellWhatAnOutputGrantedAndThatItRanOn() throws IOException {
        new CalibrationStore(dir)
                .write(
                        DEVICE,
                        OutputCalibration.NONE
                                .withFullScale(100)
                                .withOffset(1.2, OutputCalibration.OffsetSource.LOOPBACK, 0.1));
        List<Finding> findings = look(new WavOpener(dir.resolve("out.wav"), NanoClock.SYSTEM));
        expect(in(findings, "sound", "granted"), Verdict.OK, "48000 Hz", "");
        expect(in(findings, "sound", "breaks"), Verdict.OK, "0 underruns", "");
        expect(in(findings, "sound", "latency"), Verdict.OK, "1.2 ms", "");
        expect(in(findings, "sound", "level"), Verdict.OK, "dB(A) at the ear", "");
    }

    @Test
    void shouldNameTheNextStepWithoutACard() {
        List<Finding> findings = look(new AlsaOpener("hw:CARD=NotThere", NanoClock.SYSTEM));
        expect(in(findings, "sound", "card"), Verdict.FAIL, "hw:CARD=NotThere", "aplay -L");
        expect(in(findings, "sound", "level"), Verdict.WARN, "not calibrated", "entrain calibrate headphones");
    }

    @Test
    void shouldNameWhoHasABusyCard() {
        expect(
                in(
                        look(new Refused(
                                "Sound card 'hw:0' is in use by another program. End pulseaudio (process 812), or set"
                                        + " audio.device to a device that shares the card.")),
                        "sound",
                        "card"),
                Verdict.FAIL,
                "in use by another program",
                "End pulseaudio (process 812)");
    }

    @Test
    void shouldWarnOfSoundThatNobodyHears() {
        AudioConfig file = new AudioConfig(
                AudioConfig.Output.WAV,
                DEVICE,
                dir.resolve("out.wav"),
                -18,
                Double.NaN,
                AudioConfig.DEFAULT.sounds(),
                AudioConfig.DEFAULT.loudness());
        expect(
                in(
                        SoundCheck.opening(file, dir, new Refused("never asked"), NanoClock.SYSTEM)
                                .look(),
                        "sound",
                        "card"),
                Verdict.WARN,
                "nobody hears",
                "output = \"alsa\"");
    }

    @Test
    void shouldTellTheRunningAgentsBreaks() throws IOException {
        List<Finding> findings = SoundCheck.of(AudioConfig.DEFAULT.withDevice(DEVICE), dir, SystemChecksTest.agent("""
                                {"written_ns": 600000000000, "started_ns": 0,
                                 "audio": {"state": "playing", "text": "card", "rate_hz": 48000, "bits": 16,
                                           "period_frames": 256, "buffer_frames": 2048, "stall_max_us": 51200},
                                 "counters": {"underruns": 2, "cues_late": 1}}"""))
                .look();
        expect(in(findings, "sound", "breaks"), Verdict.WARN, "2 underruns, 0 stalls", "cue-test");
        expect(in(findings, "sound", "breaks"), Verdict.WARN, "1 late cues in 10 min", "cue-test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Headphone|Front Left: Playback 0 [0%] [-102.39dB] [on]|FAIL|Headphone is at 0 %",
                "PCM|Mono: Playback -2000 [70%] [-20.00dB] [off]|FAIL|PCM is muted",
                "Master|Front Left: Playback 60000 [92%] [on]|OK|open",
                "Mic Boost|Front Left: 0 [0%]|OK|open"
            })
    void shouldHearASilentMixer(String control, String line, Verdict verdict, String value) {
        Programs amixer = (limit, command) -> new Programs.Answer(
                0, "Simple mixer control '" + control + "',0\n  Capabilities: pvolume\n  " + line + "\n");
        List<Finding> findings = new MixerCheck(DEVICE, amixer).look();
        expect(
                in(findings, "sound", "mixer"),
                verdict,
                value,
                verdict == Verdict.FAIL ? "alsamixer -D hw:Headphones" : "");
    }

    @Test
    void shouldSayWhenTheMixerCannotBeSeen() {
        expect(
                new MixerCheck("default", (limit, command) -> null).look().getFirst(),
                Verdict.SKIPPED,
                "alsa-utils",
                "");
    }
}
