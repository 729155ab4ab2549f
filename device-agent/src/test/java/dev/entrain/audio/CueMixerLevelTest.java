package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.cue.CueCommand;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How loud the mixed stream can become. */
class CueMixerLevelTest {
    private static final int RATE_HZ = 48_000;

    private final Counters counters = new Counters();
    private final SlotRing<PlayedCue> played = new SlotRing<>(256, PlayedCue::new);

    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 96_000})
    void shouldKeepTheTruePeakOfManyLoudCuesBelowTheCeiling(int rateHz) {
        for (Timbre timbre : Timbre.values()) {
            CueMixer loud = new CueMixer(loudest(timbre), rateHz, counters, played);
            LinearFrameClock exact = new LinearFrameClock(0, rateHz);
            for (int i = 1; i <= PendingCues.CAPACITY; i++) {
                CueCommand command = CueCommands.schedule(i, 10_000_000L + i / 16 * 3_000_000L);
                command.voice = i % 4 < 2 ? CueCommand.Voice.ACCENT : CueCommand.Voice.BEAT;
                command.gain = 1000;
                loud.apply(command);
            }
            int frames = rateHz / 5;
            float[] stereo = new float[2 * frames];
            loud.render(stereo, frames, exact);
            loud.confirmWritten();
            float[] left = new float[frames];
            for (int i = 0; i < frames; i++) {
                left[i] = stereo[2 * i];
            }

            assertThat(TruePeakReference.of(left)).as("%s", timbre).isBetween(0.77, (double) TruePeakLimiter.CEILING);
            assertThat(Onsets.of(stereo)).containsExactly(exact.frameOf(10_000_000));
        }
        assertThat(counters.get(Counter.CUES_PLAYED)).isEqualTo(4L * PendingCues.CAPACITY);
    }

    @Test
    void shouldLeaveOneCueOfTheLoudestLevelAsItIs() {
        for (Timbre timbre : Timbre.values()) {
            CueMixer loud = new CueMixer(loudest(timbre), RATE_HZ, counters, played);
            CueCommand command = CueCommands.schedule(1, 10_000_000);
            command.voice = CueCommand.Voice.ACCENT;
            loud.apply(command);
            float[] expected = new Voices(timbre, RATE_HZ).of(command.voice, command.foot);
            float[] stereo = new float[2 * 9600];
            loud.render(stereo, 9600, new LinearFrameClock(0, RATE_HZ));
            for (int i = 0; i < expected.length; i++) {
                assertThat(stereo[2 * (480 + i)])
                        .isEqualTo(expected[i] * loudest(timbre).levelGain());
            }
        }
    }

    private static AudioConfig loudest(Timbre timbre) {
        return new AudioConfig(
                AudioConfig.Output.WAV,
                "default",
                AudioConfig.DEFAULT.wavFile(),
                AudioConfig.LEVEL_MAX_DBFS,
                0,
                new SoundConfig(timbre, Language.EN),
                Loudness.UNKNOWN);
    }
}
