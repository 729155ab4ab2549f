package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Kind;
import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.cue.Prompt;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Prompts in the mixer's stream: when they sound, what they do to the beats, what ends them. */
class PromptPlayerTest {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK_FRAMES = 256;
    private static final int PAUSE_FRAMES = RATE_HZ / 4;
    private static final int FADE_FRAMES = RATE_HZ / 200;
    private static final float DUCK = (float) Math.pow(10, PromptPlayer.DUCK_DB / 20.0);
    private static final float LEVEL = (float) Math.pow(10, AudioConfig.DEFAULT.levelDbfs() / 20);

    private final Counters counters = new Counters();
    private final SlotRing<PlayedCue> played = new SlotRing<>(256, PlayedCue::new);
    private final LinearFrameClock clock = new LinearFrameClock(0, RATE_HZ);
    private final CueMixer mixer = new CueMixer(AudioConfig.DEFAULT, RATE_HZ, counters, played);
    private final PromptRecordings recordings = new PromptRecordings(
            Language.EN, RATE_HZ, KWeighting.energy(new Voices(RATE_HZ).of(Voice.ACCENT, Foot.LEFT), RATE_HZ));

    private static CueCommand say(Prompt prompt) {
        CueCommand command = CueCommands.of(Kind.SAY, 0);
        command.prompt = prompt;
        return command;
    }

    /** Returns the left channel of the next frames, rounded up to whole blocks. */
    private float[] render(CueMixer from, int frames, int blockFrames) {
        int blocks = (frames + blockFrames - 1) / blockFrames;
        float[] left = new float[blocks * blockFrames];
        float[] block = new float[2 * blockFrames];
        for (int i = 0; i < blocks; i++) {
            from.render(block, blockFrames, clock);
            from.confirmWritten();
            for (int k = 0; k < blockFrames; k++) {
                left[i * blockFrames + k] = block[2 * k];
            }
        }
        return left;
    }

    private float[] render(int frames) {
        return render(mixer, frames, BLOCK_FRAMES);
    }

    private float[] spoken(Prompt prompt) {
        short[] recording = recordings.of(prompt);
        float[] spoken = new float[recording.length];
        for (int i = 0; i < spoken.length; i++) {
            spoken[i] = recording[i] / (float) Short.MAX_VALUE * LEVEL;
        }
        return spoken;
    }

    private static void assertSilent(float[] sound, int from) {
        for (int i = from; i < sound.length; i++) {
            assertThat(sound[i]).as("frame %d", i).isZero();
        }
    }

    @Test
    void shouldSpeakTheRecordingFromTheNextFrameAndNothingElse() {
        float[] before = render(1000);
        mixer.apply(say(Prompt.BATTERY_LOW));
        float[] sound = render(2 * RATE_HZ);

        float[] expected = spoken(Prompt.BATTERY_LOW);
        assertThat(before).containsOnly(0f);
        assertThat(Arrays.copyOf(sound, expected.length)).isEqualTo(expected);
        assertSilent(sound, expected.length);
        assertThat(counters.get(Counter.PROMPTS)).isEqualTo(1);
    }

    @Test
    void shouldSpeakFurtherPromptsInTurnAfterAPause() {
        mixer.apply(say(Prompt.SOUND_BACK));
        mixer.apply(say(Prompt.LEVEL_LOWERED));
        mixer.apply(say(Prompt.BATTERY_LOW));
        float[] sound = render(5 * RATE_HZ);

        int at = 0;
        for (Prompt prompt : new Prompt[] {Prompt.SOUND_BACK, Prompt.LEVEL_LOWERED, Prompt.BATTERY_LOW}) {
            float[] expected = spoken(prompt);
            assertThat(Arrays.copyOfRange(sound, at, at + expected.length))
                    .as("%s", prompt)
                    .isEqualTo(expected);
            at += expected.length;
            for (int i = at; i < at + PAUSE_FRAMES; i++) {
                assertThat(sound[i]).isZero();
            }
            at += PAUSE_FRAMES;
        }
        assertSilent(sound, at);
    }

    @Test
    void shouldNotSayTwiceWhatIsBeingSpokenOrWaits() {
        mixer.apply(say(Prompt.SOUND_BACK));
        render(BLOCK_FRAMES);
        mixer.apply(say(Prompt.SOUND_BACK));
        mixer.apply(say(Prompt.BATTERY_LOW));
        mixer.apply(say(Prompt.BATTERY_LOW));
        render(5 * RATE_HZ);
        assertThat(counters.get(Counter.PROMPTS)).isEqualTo(2);
        assertThat(counters.get(Counter.PROMPTS_REFUSED)).isZero();

        mixer.apply(say(Prompt.SOUND_BACK));
        render(BLOCK_FRAMES);
        assertThat(counters.get(Counter.PROMPTS)).isEqualTo(3);
    }

    @Test
    void shouldRefuseAndCountWhatTheQueueCannotHold() {
        for (Prompt prompt : Prompt.values()) {
            mixer.apply(say(prompt));
        }
        assertThat(Prompt.values()).hasSize(PromptPlayer.MOST_WAITING + 1);
        assertThat(counters.get(Counter.PROMPTS_REFUSED)).isEqualTo(1);
        render(10 * RATE_HZ);
        assertThat(counters.get(Counter.PROMPTS)).isEqualTo(PromptPlayer.MOST_WAITING);
    }

    @Test
    void shouldFadeWithinFiveMillisecondsOfSilenceAndForgetWhatWaits() {
        mixer.apply(say(Prompt.SOUND_BACK));
        mixer.apply(say(Prompt.BATTERY_LOW));
        render(20 * BLOCK_FRAMES);
        mixer.apply(CueCommands.of(Kind.SILENCE, 0));
        float[] sound = render(3 * RATE_HZ);

        assertThat(sound[10]).isNotZero();
        assertSilent(sound, FADE_FRAMES);
        assertThat(counters.get(Counter.PROMPTS)).isEqualTo(1);
    }

    @Test
    void shouldSpeakWhatIsSaidAfterSilence() {
        mixer.apply(say(Prompt.STOP));
        render(20 * BLOCK_FRAMES);
        mixer.apply(CueCommands.of(Kind.SILENCE, 0));
        mixer.apply(say(Prompt.STOP));
        float[] sound = render(RATE_HZ);

        float[] expected = spoken(Prompt.STOP);
        assertThat(Arrays.copyOfRange(sound, FADE_FRAMES, FADE_FRAMES + expected.length))
                .isEqualTo(expected);
        assertSilent(sound, FADE_FRAMES + expected.length);
    }

    @Test
    void shouldNotSpeakWhatWasSaidBeforeSilence() {
        mixer.apply(say(Prompt.WALK));
        mixer.apply(CueCommands.of(Kind.SILENCE, 0));

        assertSilent(render(RATE_HZ), 0);
        assertThat(counters.get(Counter.PROMPTS)).isZero();
    }

    @Test
    void shouldNotSpeakLaterWhatWasSaidWhileNoOutputWasOpen() {
        mixer.apply(say(Prompt.WALK));
        mixer.dropBefore(0);
        mixer.apply(say(Prompt.SOUND_BACK));
        mixer.restart(RATE_HZ);

        float[] expected = spoken(Prompt.SOUND_BACK);
        assertThat(Arrays.copyOf(render(2 * RATE_HZ), expected.length)).isEqualTo(expected);
    }

    @Test
    void shouldSayAgainFromTheBeginningWhatABreakOfTheStreamCutAlsoAtAnotherRate() {
        mixer.apply(say(Prompt.WALK));
        render(40 * BLOCK_FRAMES);
        mixer.restart(RATE_HZ);
        float[] expected = spoken(Prompt.WALK);
        assertThat(Arrays.copyOf(render(RATE_HZ), expected.length)).isEqualTo(expected);

        mixer.apply(say(Prompt.WALK));
        render(40 * BLOCK_FRAMES);
        mixer.restart(44_100);
        float[] other = render(RATE_HZ);
        int length = other.length;
        while (other[length - 1] == 0) {
            length--;
        }
        assertThat((double) length / expected.length).isCloseTo(44.1 / 48, within(0.01));
    }

    @Test
    void shouldRenderTheSameStreamWhateverTheBlockLength() {
        float[] whole = walkWithPrompts(4 * RATE_HZ);
        for (int blockFrames : new int[] {1, 17, 256, 2048}) {
            assertThat(Arrays.mismatch(walkWithPrompts(blockFrames), whole)).isEqualTo(-1);
        }
    }

    private float[] walkWithPrompts(int blockFrames) {
        CueMixer fresh = new CueMixer(AudioConfig.DEFAULT, RATE_HZ, new Counters(), played);
        for (int i = 1; i <= 12; i++) {
            fresh.apply(CueCommands.schedule(i, 1_234_567 + 250_000_000L * i));
        }
        fresh.apply(say(Prompt.WALK));
        fresh.apply(say(Prompt.BATTERY_LOW));
        return Arrays.copyOf(render(fresh, 4 * RATE_HZ, blockFrames), 4 * RATE_HZ);
    }

    @Test
    void shouldKeepBeatsOnTheirFramesSofterByTheDuckingUnderWordsAndUntouchedBeyond() {
        float[] words = spoken(Prompt.SOUND_BACK);
        CueMixer plain = new CueMixer(AudioConfig.DEFAULT, RATE_HZ, new Counters(), played);
        mixer.apply(say(Prompt.SOUND_BACK));
        for (int i = 1; i <= 8; i++) {
            mixer.apply(CueCommands.schedule(i, 300_000_000L * i));
            plain.apply(CueCommands.schedule(i, 300_000_000L * i));
        }
        float[] sound = render(3 * RATE_HZ);
        float[] beats = render(plain, 3 * RATE_HZ, BLOCK_FRAMES);

        int released = words.length + RATE_HZ / 10;
        for (int i = 0; i < sound.length; i++) {
            float word = i < words.length ? words[i] : 0;
            if (beats[i] == 0 || i >= released) {
                // Between beats the words alone; once the words are over, the beats to the bit.
                assertThat(sound[i]).as("frame %d", i).isEqualTo(beats[i] + word);
            } else if (i < words.length) {
                assertThat(sound[i]).as("frame %d", i).isCloseTo(beats[i] * DUCK + word, within(1e-6f));
            }
        }
        assertThat(counters.get(Counter.CUES_PLAYED)).isEqualTo(8);
        assertThat(counters.get(Counter.CUES_LATE)).isZero();
        assertThat(mixer.worstErrorFrames()).isZero();
        for (int i = 1; i <= 8; i++) {
            assertThat(beats[14_400 * i]).isNotZero();
            assertThat(beats[14_400 * i - 1]).isZero();
        }
    }

    @Test
    void shouldGiveWayWithinTwentyMillisecondsAndComeBackWithinAHundredWithoutAJump() {
        float[] words = spoken(Prompt.WALK);
        PromptPlayer player = new PromptPlayer(Language.EN, RATE_HZ, new Voices(RATE_HZ), counters);
        player.say(Prompt.WALK);
        float[] stereo = new float[2 * RATE_HZ];
        Arrays.fill(stereo, 0.5f);
        player.mix(stereo, RATE_HZ, 0);

        float last = 0.5f;
        float largest = 0;
        for (int i = 0; i < RATE_HZ; i++) {
            largest = Math.max(largest, Math.abs(stereo[2 * i] - last));
            last = stereo[2 * i];
        }
        assertThat(largest).isLessThan(0.5f / (RATE_HZ / 50));
        for (int i = RATE_HZ / 50; i < words.length; i++) {
            assertThat(stereo[2 * i]).isCloseTo(0.5f * DUCK, within(1e-6f));
        }
        assertThat(stereo[2 * (words.length + RATE_HZ / 10)]).isEqualTo(0.5f);
    }

    @Test
    void shouldObeyLevelAndLimit() {
        CueMixer loud = mixer(AudioConfig.LEVEL_MAX_DBFS);
        CueMixer quiet = mixer(AudioConfig.LEVEL_MIN_DBFS);
        loud.apply(say(Prompt.BATTERY_LOW));
        quiet.apply(say(Prompt.BATTERY_LOW));

        double expected = Math.pow(10, (AudioConfig.LEVEL_MAX_DBFS - AudioConfig.LEVEL_MIN_DBFS) / 20);
        float loudest = peak(render(loud, RATE_HZ, BLOCK_FRAMES));
        assertThat(loudest / peak(render(quiet, RATE_HZ, BLOCK_FRAMES))).isCloseTo((float) expected, within(0.01f));
        assertThat(loudest).isLessThan((float) Math.pow(10, AudioConfig.LEVEL_MAX_DBFS / 20));

        for (int i = 1; i <= PendingCues.CAPACITY; i++) {
            CueCommand command = CueCommands.schedule(i, clock.timeNsOf(loud.nextFrame() + 3000));
            command.voice = Voice.ACCENT;
            loud.apply(command);
        }
        loud.apply(say(Prompt.LEVEL_LOWERED));
        assertThat(peak(render(loud, RATE_HZ, BLOCK_FRAMES))).isLessThanOrEqualTo(SoftLimiter.CEILING);
    }

    private CueMixer mixer(double levelDbfs) {
        AudioConfig config = new AudioConfig(
                AudioConfig.Output.WAV, "default", AudioConfig.DEFAULT.wavFile(), levelDbfs, 0, SoundConfig.DEFAULT);
        return new CueMixer(config, RATE_HZ, counters, played);
    }

    private static float peak(float[] sound) {
        float peak = 0;
        for (float sample : sound) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    @Test
    void shouldAllocateNothingWhileSpeaking() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        float[] block = new float[2 * BLOCK_FRAMES];
        CueCommand[] says = {say(Prompt.WALK), say(Prompt.BATTERY_LOW), say(Prompt.STOP)};
        CueCommand silence = CueCommands.of(Kind.SILENCE, 0);
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                mixer.apply(i % 700 == 0 ? silence : says[i % says.length]);
                mixer.render(block, BLOCK_FRAMES, clock);
                mixer.confirmWritten();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }

        // The measuring itself may allocate a few bytes, which over 10,000 blocks is none per block.
        assertThat(allocated).isLessThan(1000);
        assertThat(counters.get(Counter.PROMPTS)).isGreaterThan(200);
    }
}
