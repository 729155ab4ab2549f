package dev.entrain.audio.music;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.entrain.audio.LinearFrameClock;
import dev.entrain.audio.music.soundtouch.SoundTouchStretchers;
import dev.entrain.music.MusicException;
import dev.entrain.music.Song;
import dev.entrain.musictest.BreakFinder;
import dev.entrain.musictest.FollowResult;
import dev.entrain.musictest.FollowRig;
import dev.entrain.musictest.FollowRun;
import dev.entrain.musictest.KnownPiece;
import dev.entrain.musictest.LevelSpan;
import dev.entrain.musictest.TempoCourse;
import dev.entrain.musictest.TimedCue;
import dev.entrain.time.NanoClock;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is heard is whole and even, whatever it was read from, and costs no garbage. */
class SmoothSoundTest {
    private static final NanoClock STILL = () -> 0;
    private static final int RATE_HZ = FollowRig.RATE_HZ;

    @ParameterizedTest
    @ValueSource(doubles = {90, 98, 100, 104, 111})
    void shouldHaveNoClickNoGapAndAnEvenLevel(double spm) throws MusicException {
        KnownPiece piece = KnownPiece.smooth(60, 100);
        Song song = piece.song("smooth", -20);
        try (FollowRig rig =
                new FollowRig(FollowRun.MUSIC_ALONE, file -> piece.open(), new SoundTouchStretchers(), tempo -> song)) {
            rig.run(TempoCourse.of(time -> spm, 40), 30, STILL);
            float[] music = Arrays.copyOfRange(rig.sound(), 5 * RATE_HZ, 30 * RATE_HZ);

            assertThat(BreakFinder.find(music, RATE_HZ)).isEmpty();
            assertThat(LevelSpan.of(music, RATE_HZ).spanDb()).isLessThan(1);
        }
    }

    @Test
    void shouldFindPlantedClicksAndGaps() {
        float[] sound = KnownPiece.smooth(60, 100).sound(4 * RATE_HZ);
        assertThat(BreakFinder.find(sound, RATE_HZ)).isEmpty();

        float[] clicked = sound.clone();
        for (int i = 2 * RATE_HZ; i < clicked.length; i++) {
            clicked[i] += 0.02f; // A step of a quarter of its loudness.
        }
        assertThat(BreakFinder.find(clicked, RATE_HZ)).isNotEmpty();
        float[] gap = sound.clone();
        Arrays.fill(gap, 2 * RATE_HZ, 2 * RATE_HZ + RATE_HZ / 50, 0f);
        assertThat(BreakFinder.find(gap, RATE_HZ)).isNotEmpty();
        float[] jump = sound.clone();
        System.arraycopy(sound, 2 * RATE_HZ + 300, jump, 2 * RATE_HZ, RATE_HZ);
        assertThat(BreakFinder.find(jump, RATE_HZ)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"8000, 1", "44100, 2", "96000, 2", "11025, 1"})
    void shouldFollowFromAnyRateAndChannels(int rateHz, int channels) throws MusicException {
        KnownPiece piece = new KnownPiece(rateHz, channels, 60, 100, 0.02, true);
        FollowResult result = FollowRun.of(piece, TempoCourse.of(time -> 104, 20), 20, new SoundTouchStretchers());

        assertThat(result.carriedShare()).isEqualTo(1);
        assertThat(result.judged()).isEqualTo(result.beats());
        assertThat(result.spread().p95Ms()).isLessThanOrEqualTo(3);
        assertThat(result.spread().mostMs()).isLessThanOrEqualTo(6);
    }

    @Test
    void shouldAllocateNothingOnTheAudioAndTheMusicThread() throws MusicException {
        KnownPiece piece = KnownPiece.strokes(90, 100);
        Song song = piece.song("song", -20);
        List<TimedCue> cues = TempoCourse.of(time -> 102, 90);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        try (FollowRig rig =
                new FollowRig(FollowRun.MUSIC_ALONE, file -> piece.open(), new SoundTouchStretchers(), tempo -> song)) {
            rig.run(cues, 60, STILL);
            float[] block = new float[2 * FollowRig.BLOCK];
            LinearFrameClock clock = new LinearFrameClock(0, RATE_HZ);
            long bytes = 0;
            int next = 0;
            for (int i = 0; i < 1000; i++) {
                // By now everything has been compiled; cues go on as they did.
                double nowS = (double) rig.mixer().nextFrame() / RATE_HZ - 0.043;
                while (cues.get(next).atNs() <= nowS * 1e9) {
                    TimedCue cue = cues.get(next++);
                    if (cue.atNs() > 59.9e9) {
                        rig.mixer().apply(cue.command());
                    }
                }
                long before = threads.getThreadAllocatedBytes(thread);
                rig.mixer().render(block, FollowRig.BLOCK, clock);
                rig.player().workAhead();
                bytes += threads.getThreadAllocatedBytes(thread) - before;
                rig.mixer().confirmWritten();
                rig.player().readAhead();
            }
            // Under 5 bytes a block: what the virtual machine itself does now and then, no object of ours.
            assertThat(bytes).isLessThan(5000);
            assertThat(rig.player().playing()).isNotNull();
        }
    }
}
