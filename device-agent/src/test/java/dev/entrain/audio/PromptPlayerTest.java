package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.cue.Prompt;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** When prompts sound, in which order, what ends them, and what they do to the sound below. */
class PromptPlayerTest {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK_FRAMES = 256;
    private static final int PAUSE_FRAMES = RATE_HZ / 4;
    private static final float DUCK = (float) Math.pow(10, PromptPlayer.DUCK_DB / 20.0);
    private static final float LEVEL = 0.25f;

    private final Counters counters = new Counters();
    private final PromptPlayer player = player();
    private final PromptRecordings recordings = SpokenWords.recordings(Language.EN, RATE_HZ);

    private PromptPlayer player() {
        return new PromptPlayer(Language.EN, RATE_HZ, SpokenWords.voices(RATE_HZ), counters);
    }

    /** Returns the next frames over a constant sound, rounded up to whole blocks. */
    private static float[] mix(PromptPlayer from, int frames, int blockFrames, float below) {
        int blocks = (frames + blockFrames - 1) / blockFrames;
        float[] left = new float[blocks * blockFrames];
        float[] block = new float[2 * blockFrames];
        for (int i = 0; i < blocks; i++) {
            Arrays.fill(block, below);
            from.mix(block, blockFrames, LEVEL);
            System.arraycopy(SpokenWords.left(block), 0, left, i * blockFrames, blockFrames);
        }
        return left;
    }

    private float[] mix(int frames) {
        return mix(player, frames, BLOCK_FRAMES, 0);
    }

    private float[] spoken(Prompt prompt) {
        float[] spoken = SpokenWords.floats(recordings.of(prompt));
        for (int i = 0; i < spoken.length; i++) {
            spoken[i] *= LEVEL;
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
        assertSilent(mix(1000), 0);
        player.say(Prompt.BATTERY_LOW);
        float[] sound = mix(2 * RATE_HZ);

        float[] expected = spoken(Prompt.BATTERY_LOW);
        assertThat(Arrays.copyOf(sound, expected.length)).isEqualTo(expected);
        assertSilent(sound, expected.length);
        assertThat(counters.get(Counter.PROMPTS)).isEqualTo(1);
    }

    @Test
    void shouldSpeakFurtherPromptsInTurnAfterAPause() {
        player.say(Prompt.SOUND_BACK);
        player.say(Prompt.LEVEL_LOWERED);
        player.say(Prompt.BATTERY_LOW);
        float[] sound = mix(5 * RATE_HZ);

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
        player.say(Prompt.SOUND_BACK);
        mix(BLOCK_FRAMES);
        player.say(Prompt.SOUND_BACK);
        player.say(Prompt.BATTERY_LOW);
        player.say(Prompt.BATTERY_LOW);
        mix(5 * RATE_HZ);
        assertThat(counters.get(Counter.PROMPTS)).isEqualTo(2);
        assertThat(counters.get(Counter.PROMPTS_REFUSED)).isZero();

        player.say(Prompt.SOUND_BACK);
        mix(BLOCK_FRAMES);
        assertThat(counters.get(Counter.PROMPTS)).isEqualTo(3);
    }

    @Test
    void shouldRefuseAndCountWhatTheQueueCannotHold() {
        for (Prompt prompt : Prompt.values()) {
            player.say(prompt);
        }
        assertThat(counters.get(Counter.PROMPTS_REFUSED))
                .isEqualTo(Prompt.values().length - PromptPlayer.MOST_WAITING)
                .isPositive();
        mix(10 * RATE_HZ);
        assertThat(counters.get(Counter.PROMPTS)).isEqualTo(PromptPlayer.MOST_WAITING);
    }

    @Test
    void shouldForgetWhatWaitsButGoOnWithWhatIsSpoken() {
        player.say(Prompt.STOP);
        mix(BLOCK_FRAMES);
        player.say(Prompt.BATTERY_LOW);
        player.forgetWaiting();
        float[] sound = mix(3 * RATE_HZ);

        assertThat(sound[10 * BLOCK_FRAMES]).isNotZero();
        assertSilent(sound, spoken(Prompt.STOP).length - BLOCK_FRAMES);
        assertThat(counters.get(Counter.PROMPTS)).isEqualTo(1);
    }

    @Test
    void shouldSpeakWhatIsSaidAfterItForgot() {
        player.say(Prompt.STOP);
        mix(20 * BLOCK_FRAMES);
        player.forget();
        player.say(Prompt.STOP);
        float[] sound = mix(RATE_HZ);

        float[] expected = spoken(Prompt.STOP);
        assertThat(Arrays.copyOf(sound, expected.length)).isEqualTo(expected);
        assertSilent(sound, expected.length);
    }

    @Test
    void shouldSayAgainFromTheBeginningWhatABreakOfTheStreamCutAlsoAtAnotherRate() {
        player.say(Prompt.WALK);
        mix(40 * BLOCK_FRAMES);
        player.restart(RATE_HZ, SpokenWords.voices(RATE_HZ));
        float[] expected = spoken(Prompt.WALK);
        assertThat(Arrays.copyOf(mix(RATE_HZ), expected.length)).isEqualTo(expected);

        player.say(Prompt.WALK);
        mix(40 * BLOCK_FRAMES);
        player.restart(44_100, SpokenWords.voices(44_100));
        float[] other = SpokenWords.of(Language.EN, Prompt.WALK, 44_100);
        assertThat(SpokenWords.find(mix(RATE_HZ), other).correlation()).isCloseTo(1, within(1e-6));
        assertThat((double) other.length / expected.length).isCloseTo(44.1 / 48, within(1e-3));
    }

    @Test
    void shouldGiveWordsUpThatOneBreakAfterAnotherCuts() {
        player.say(Prompt.BATTERY_LOW);
        for (int i = 0; i <= PromptPlayer.MOST_REPEATS; i++) {
            mix(BLOCK_FRAMES);
            player.restart(RATE_HZ, SpokenWords.voices(RATE_HZ));
        }
        assertSilent(mix(RATE_HZ), 0);
        player.say(Prompt.BATTERY_LOW);
        assertThat(Arrays.equals(mix(1000), new float[1024])).isFalse();
    }

    @Test
    void shouldMixTheSameStreamWhateverTheBlockLength() {
        float[] whole = twoPrompts(4 * RATE_HZ);
        for (int blockFrames : new int[] {1, 17, 256, 2048}) {
            assertThat(Arrays.mismatch(twoPrompts(blockFrames), whole)).isEqualTo(-1);
        }
    }

    private float[] twoPrompts(int blockFrames) {
        PromptPlayer fresh = player();
        fresh.say(Prompt.WALK);
        fresh.say(Prompt.BATTERY_LOW);
        return Arrays.copyOf(mix(fresh, 4 * RATE_HZ, blockFrames, 0.1f), 4 * RATE_HZ);
    }

    @Test
    void shouldGiveWayWithinTwentyMillisecondsAndComeBackWithinAHundredWithoutAJump() {
        float[] words = spoken(Prompt.WALK);
        player.say(Prompt.WALK);
        float[] below = mix(player, RATE_HZ, BLOCK_FRAMES, 0.5f);
        for (int i = 0; i < words.length; i++) {
            below[i] -= words[i];
        }

        float last = 0.5f;
        float largest = 0;
        for (float sample : below) {
            largest = Math.max(largest, Math.abs(sample - last));
            last = sample;
        }
        assertThat(largest).isLessThan(0.5f / (RATE_HZ / 50));
        for (int i = RATE_HZ / 50; i < words.length; i++) {
            assertThat(below[i]).isCloseTo(0.5f * DUCK, within(1e-6f));
        }
        for (int i = words.length + RATE_HZ / 10; i < below.length; i++) {
            assertThat(below[i]).isEqualTo(0.5f);
        }
    }

    @Test
    void shouldStaySofterBetweenTwoPrompts() {
        float[] words = spoken(Prompt.WALK);
        player.say(Prompt.WALK);
        player.say(Prompt.STOP);
        float[] sound = mix(player, RATE_HZ, BLOCK_FRAMES, 0.5f);

        for (int i = words.length; i < words.length + PAUSE_FRAMES; i++) {
            assertThat(sound[i]).isCloseTo(0.5f * DUCK, within(1e-6f));
        }
    }
}
