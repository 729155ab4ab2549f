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
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prompts in the mixer's stream, as commands of the plan. */
class SpokenPromptsTest {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK_FRAMES = 256;
    /** Whatever a mixer holds back to limit it. */
    private static final int DELAY_FRAMES = RATE_HZ / 400;

    private final Counters counters = new Counters();
    private final SlotRing<PlayedCue> played = new SlotRing<>(256, PlayedCue::new);
    private final LinearFrameClock clock = new LinearFrameClock(0, RATE_HZ);
    private final CueMixer mixer = mixer(AudioConfig.DEFAULT.levelDbfs());

    private CueMixer mixer(double levelDbfs) {
        AudioConfig config = new AudioConfig(
                AudioConfig.Output.WAV,
                "default",
                AudioConfig.DEFAULT.wavFile(),
                levelDbfs,
                0,
                SoundConfig.DEFAULT,
                Loudness.UNKNOWN);
        return new CueMixer(config, RATE_HZ, counters, played);
    }

    private static CueCommand say(Prompt prompt) {
        CueCommand command = CueCommands.of(Kind.SAY, 0);
        command.prompt = prompt;
        return command;
    }

    /** Returns the left channel of the next frames, rounded up to whole blocks. */
    private float[] render(CueMixer from, int frames) {
        int blocks = (frames + BLOCK_FRAMES - 1) / BLOCK_FRAMES;
        float[] left = new float[blocks * BLOCK_FRAMES];
        float[] block = new float[2 * BLOCK_FRAMES];
        for (int i = 0; i < blocks; i++) {
            from.render(block, BLOCK_FRAMES, clock);
            from.confirmWritten();
            System.arraycopy(SpokenWords.left(block), 0, left, i * BLOCK_FRAMES, BLOCK_FRAMES);
        }
        return left;
    }

    private static void assertSaid(Prompt prompt, float[] sound) {
        SpokenWords.Found found = SpokenWords.find(sound, SpokenWords.of(Language.EN, prompt, RATE_HZ));
        assertThat(found.correlation()).as("%s", prompt).isGreaterThan(0.99);
        assertThat(found.frame()).as("%s", prompt).isLessThan(RATE_HZ / 200 + DELAY_FRAMES);
    }

    private static void assertSilent(float[] sound, int from) {
        for (int i = from; i < sound.length; i++) {
            assertThat(sound[i]).as("frame %d", i).isZero();
        }
    }

    private static float peak(float[] sound) {
        float peak = 0;
        for (float sample : sound) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    private List<Long> playedFrames() {
        List<Long> frames = new ArrayList<>();
        for (PlayedCue cue = played.peek(); cue != null; cue = played.peek()) {
            frames.add(cue.frameIndex);
            played.release();
        }
        return frames;
    }

    @Test
    void shouldSpeakWhatIsSaid() {
        for (Prompt prompt : Prompt.values()) {
            mixer.apply(say(prompt));
            assertSaid(prompt, render(mixer, 4 * RATE_HZ));
        }
    }

    @Test
    void shouldEndWordsWithinFiveMillisecondsOfSilenceAndNotSpeakThoseThatWait() {
        mixer.apply(say(Prompt.SOUND_BACK));
        mixer.apply(say(Prompt.BATTERY_LOW));
        render(mixer, 20 * BLOCK_FRAMES);
        mixer.apply(CueCommands.of(Kind.SILENCE, 0));

        assertSilent(render(mixer, 3 * RATE_HZ), RATE_HZ / 200);
    }

    @Test
    void shouldNotSpeakWhatWasSaidBeforeSilenceButWhatIsSaidAfter() {
        mixer.apply(say(Prompt.WALK));
        mixer.apply(CueCommands.of(Kind.SILENCE, 0));
        mixer.apply(say(Prompt.STOP));
        float[] sound = render(mixer, RATE_HZ);

        assertSaid(Prompt.STOP, sound);
        assertThat(counters.get(Counter.PROMPTS)).isEqualTo(1);
    }

    @Test
    void shouldNotSpeakLaterWhatWasSaidWhileNoOutputWasOpen() {
        mixer.apply(say(Prompt.WALK));
        mixer.dropBefore(0);
        mixer.say(Prompt.SOUND_BACK);
        mixer.restart(RATE_HZ);

        assertSaid(Prompt.SOUND_BACK, render(mixer, 2 * RATE_HZ));
        assertThat(counters.get(Counter.PROMPTS)).isEqualTo(1);
    }

    @Test
    void shouldKeepBeatsOnTheirFramesUnderWordsAndUntouchedBeyond() {
        int words = SpokenWords.of(Language.EN, Prompt.SOUND_BACK, RATE_HZ).length;
        CueMixer plain = mixer(AudioConfig.DEFAULT.levelDbfs());
        mixer.apply(say(Prompt.SOUND_BACK));
        for (int i = 1; i <= 8; i++) {
            mixer.apply(CueCommands.schedule(i, 300_000_000L * i));
            plain.apply(CueCommands.schedule(i, 300_000_000L * i));
        }
        float[] sound = render(mixer, 3 * RATE_HZ);
        List<Long> frames = playedFrames();
        float[] beats = render(plain, 3 * RATE_HZ);

        assertThat(frames).hasSize(8).isEqualTo(playedFrames());
        int released = words + RATE_HZ / 10 + DELAY_FRAMES;
        assertThat(Arrays.copyOfRange(sound, released, sound.length))
                .isEqualTo(Arrays.copyOfRange(beats, released, beats.length));
        for (long frame : frames) {
            assertThat(Math.abs(beats[(int) frame])).isGreaterThan(0);
            assertThat(beats[(int) frame - 1]).isZero();
        }
        assertThat(mixer.worstErrorFrames()).isZero();
        assertThat(counters.get(Counter.CUES_LATE)).isZero();
    }

    @Test
    void shouldObeyLevelAndLimit() {
        CueMixer loud = mixer(AudioConfig.LEVEL_MAX_DBFS);
        CueMixer quiet = mixer(AudioConfig.LEVEL_MIN_DBFS);
        loud.apply(say(Prompt.BATTERY_LOW));
        quiet.apply(say(Prompt.BATTERY_LOW));
        float loudest = peak(render(loud, RATE_HZ));

        assertThat(loudest).isLessThan((float) Math.pow(10, AudioConfig.LEVEL_MAX_DBFS / 20));
        double expected = Math.pow(10, (AudioConfig.LEVEL_MAX_DBFS - AudioConfig.LEVEL_MIN_DBFS) / 20);
        assertThat(loudest / peak(render(quiet, RATE_HZ))).isCloseTo((float) expected, within(0.01f));

        for (int i = 1; i <= PendingCues.CAPACITY; i++) {
            CueCommand command = CueCommands.schedule(i, clock.timeNsOf(loud.nextFrame() + 3000));
            command.voice = Voice.ACCENT;
            loud.apply(command);
        }
        loud.apply(say(Prompt.LEVEL_LOWERED));
        assertThat(peak(render(loud, RATE_HZ))).isLessThan((float) Math.pow(10, -1 / 20.0));
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
