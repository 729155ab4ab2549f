package dev.entrain.audio.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.Language;
import dev.entrain.audio.SpokenWords;
import dev.entrain.cue.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Words through the real libasound. */
class PromptOnCardTest {
    private static final int RATE_HZ = 48_000;

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void shouldBeHeardOverBeatsThatStayOnTheirFrames() throws IOException, InterruptedException {
        TestCard card = new TestCard(folder, 60, 1, true);
        List<String> report = card.run(PromptRun.class, 3);
        List<Integer> beats = new ArrayList<>();
        for (String line : report) {
            if (line.startsWith("cue ")) {
                beats.add(Integer.parseInt(line.substring(4)));
            }
        }
        float[] heard = SpokenWords.left(card.heard());
        float[] words = SpokenWords.of(Language.EN, Prompt.BATTERY_LOW, RATE_HZ);
        SpokenWords.Found found = SpokenWords.find(heard, words);

        assertThat(report).contains("prompts 1");
        if (report.contains("underruns 0")) { // As it is unless the machine stood still for 43 ms.
            assertThat(report).contains("late 0");
            assertThat(found.correlation()).isGreaterThan(0.9);
            for (Prompt other : new Prompt[] {Prompt.WALK, Prompt.SOUND_BACK, Prompt.LEVEL_LOWERED}) {
                assertThat(SpokenWords.find(heard, SpokenWords.of(Language.EN, other, RATE_HZ))
                                .correlation())
                        .as("%s", other)
                        .isLessThan(0.5);
            }
            float level = (float) Math.pow(10, AudioConfig.DEFAULT.levelDbfs() / 20);
            int under = 0;
            for (int beat : beats) {
                int into = beat - found.frame();
                boolean inWords = into > 0 && into < words.length;
                under += inWords ? 1 : 0;
                // Without the words nothing sounds until the beat's own first frame, which never is 0.
                float word = inWords ? words[into] * level : 0;
                float before = into > 0 && into <= words.length ? words[into - 1] * level : 0;
                assertThat(heard[beat - 1] - before).as("before %d", beat).isBetween(-1e-6f, 1e-6f);
                assertThat(Math.abs(heard[beat] - word)).as("at %d", beat).isGreaterThan(1e-4f);
            }
            assertThat(under).isGreaterThanOrEqualTo(2);
        }
    }
}
