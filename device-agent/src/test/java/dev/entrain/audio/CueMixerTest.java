package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Kind;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CueMixerTest {
    private static final int RATE_HZ = 48_000;
    private static final long FRAME_NS = 20_833;

    private final Counters counters = new Counters();
    private final SlotRing<PlayedCue> played = new SlotRing<>(256, PlayedCue::new);
    private final LinearFrameClock clock = new LinearFrameClock(0, RATE_HZ);
    private final CueMixer mixer = new CueMixer(AudioConfig.DEFAULT, RATE_HZ, counters, played);

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 255, 256, 1000})
    void shouldPlaceEveryCueOnItsExactFrameWhateverTheBlockLength(int blockFrames) {
        Random random = new Random(blockFrames);
        TreeMap<Long, Long> onsetByFrame = new TreeMap<>();
        long onsetNs = 3_000_000;
        for (int i = 1; i <= 40; i++) {
            onsetByFrame.put(clock.frameOf(onsetNs), onsetNs);
            mixer.apply(CueCommands.schedule(i, onsetNs));
            onsetNs += 100_000_000 + random.nextLong(500_000_000);
        }
        float[] sound = render(mixer, (int) clock.frameOf(onsetNs), blockFrames);

        assertThat(Onsets.of(sound)).containsExactlyElementsOf(onsetByFrame.keySet());
        assertThat(counters.get(Counter.CUES_PLAYED)).isEqualTo(40);
        assertThat(counters.get(Counter.CUES_LATE)).isZero();
        assertThat(mixer.worstErrorFrames()).isZero();
        for (long frame : onsetByFrame.keySet()) {
            PlayedCue cue = Objects.requireNonNull(played.peek());
            assertThat(cue.frameIndex).isEqualTo(frame);
            assertThat(cue.onsetNs).isEqualTo(onsetByFrame.get(frame));
            assertThat(Math.abs(cue.heardNs - cue.onsetNs)).isLessThanOrEqualTo(FRAME_NS / 2 + 1);
            assertThat(cue.foot).isEqualTo(cue.cueId % 2 == 1 ? Foot.LEFT : Foot.RIGHT);
            played.release();
        }
        assertThat(played.peek()).isNull();
    }

    @Test
    void shouldRenderTheSameStreamWhateverTheBlockLength() {
        float[] whole = walk(48_000);
        for (int blockFrames : new int[] {1, 17, 256, 2048}) {
            assertThat(Arrays.mismatch(walk(blockFrames), whole)).isEqualTo(-1);
        }
    }

    @Test
    void shouldSoundAlikeOnBothChannels() {
        mixer.apply(CueCommands.schedule(1, 4_000_000));
        float[] sound = render(mixer, 4800, 256);

        assertThat(Onsets.of(sound)).containsExactly(192L);
        for (int i = 0; i < sound.length; i += 2) {
            assertThat(sound[i]).isEqualTo(sound[i + 1]);
        }
    }

    @Test
    void shouldFollowRevisionsUntilTheCueIsRendered() {
        mixer.apply(CueCommands.schedule(1, 500 * FRAME_NS));
        render(mixer, 64, 64);
        for (long frame = 210; frame < 400; frame += 10) {
            mixer.apply(CueCommands.schedule(1, frame * FRAME_NS));
        }
        mixer.apply(CueCommands.schedule(1, (64 + mixer.aheadFrames()) * FRAME_NS + 5000));
        float[] sound = render(mixer, 4096, 64);

        assertThat(Onsets.of(sound)).containsExactly((long) mixer.aheadFrames());
        assertThat(counters.get(Counter.CUES_PLAYED)).isEqualTo(1);
    }

    @Test
    void shouldNotPlayCueAgainThatIsMovedAfterItBegan() {
        mixer.apply(CueCommands.schedule(1, 200 * FRAME_NS));
        render(mixer, 256, 256);
        mixer.apply(CueCommands.schedule(1, 20_000 * FRAME_NS));
        float[] sound = render(mixer, 48_000, 256);

        assertThat(firstSound(Arrays.copyOfRange(sound, 2 * 4096, sound.length)))
                .isEqualTo(-1);
        assertThat(counters.get(Counter.CUES_PLAYED)).isEqualTo(1);
        assertThat(mixer.movesRefused()).isEqualTo(1);
    }

    @Test
    void shouldNotMoveCommittedCueButStillWithdrawIt() {
        mixer.apply(CueCommands.schedule(1, 1000 * FRAME_NS));
        mixer.apply(CueCommands.schedule(2, 20_000 * FRAME_NS));
        mixer.apply(CueCommands.of(Kind.COMMIT, 1));
        mixer.apply(CueCommands.of(Kind.COMMIT, 2));
        mixer.apply(CueCommands.schedule(1, 9000 * FRAME_NS));
        mixer.apply(CueCommands.of(Kind.WITHDRAW, 2));

        assertThat(Onsets.of(render(mixer, 48_000, 256))).containsExactly(1000L);
        assertThat(mixer.movesRefused()).isEqualTo(1);
    }

    @Test
    void shouldNotSoundWithdrawnCue() {
        mixer.apply(CueCommands.schedule(1, 1000 * FRAME_NS));
        mixer.apply(CueCommands.of(Kind.WITHDRAW, 1));
        mixer.apply(CueCommands.of(Kind.WITHDRAW, 77));

        assertThat(firstSound(render(mixer, 48_000, 256))).isEqualTo(-1);
        assertThat(mixer.pendingCount()).isZero();
    }

    @Test
    void shouldNeverPlayLateCueAndCountIt() {
        render(mixer, 1024, 256);
        mixer.apply(CueCommands.schedule(1, 1023 * FRAME_NS));
        mixer.apply(CueCommands.schedule(2, 0));
        mixer.apply(CueCommands.schedule(3, Long.MIN_VALUE / 4));

        assertThat(firstSound(render(mixer, 48_000, 256))).isEqualTo(-1);
        assertThat(counters.get(Counter.CUES_LATE)).isEqualTo(3);
        assertThat(counters.get(Counter.CUES_PLAYED)).isZero();
    }

    @Test
    void shouldNotPlayCueThatIsMovedIntoThePast() {
        mixer.apply(CueCommands.schedule(1, 5000 * FRAME_NS));
        render(mixer, 1024, 256);
        mixer.apply(CueCommands.schedule(1, 1023 * FRAME_NS));

        assertThat(firstSound(render(mixer, 48_000, 256))).isEqualTo(-1);
        assertThat(counters.get(Counter.CUES_LATE)).isEqualTo(1);
    }

    @Test
    void shouldStartOnTheEdgeWhenTheClockMovedACueBehindIt() {
        mixer.apply(CueCommands.schedule(1, (256 + mixer.aheadFrames()) * FRAME_NS + 5000));
        float[] block = new float[512];
        mixer.render(block, 256, clock);
        mixer.render(block, 256, new LinearFrameClock(2 * FRAME_NS, RATE_HZ));
        mixer.confirmWritten();

        assertThat(block[2 * mixer.aheadFrames()]).isNotZero();
        assertThat(firstSound(block)).isEqualTo(mixer.aheadFrames());
        assertThat(mixer.worstErrorFrames()).isEqualTo(2);
        assertThat(counters.get(Counter.CUES_LATE)).isZero();
    }

    @Test
    void shouldCountCueLateThatAReanchoringMovedBehindTheEdge() {
        mixer.apply(CueCommands.schedule(1, (256 + mixer.aheadFrames()) * FRAME_NS + 5000));
        float[] block = new float[512];
        mixer.render(block, 256, clock);
        mixer.render(block, 256, new LinearFrameClock(3_000_000, RATE_HZ));

        assertThat(firstSound(block)).isEqualTo(-1);
        assertThat(counters.get(Counter.CUES_LATE)).isEqualTo(1);
    }

    @Test
    void shouldFadeToExactZeroWithinFiveMillisecondsOfSilence() {
        mixer.apply(CueCommands.schedule(1, 3_000_000));
        mixer.apply(CueCommands.schedule(2, 30_000_000));
        render(mixer, 256, 256);
        mixer.apply(CueCommands.of(Kind.SILENCE, 0));
        mixer.apply(CueCommands.of(Kind.SILENCE, 0));
        float[] sound = render(mixer, 48_000, 256);

        assertThat(sound[0]).isNotZero();
        assertThat(firstSound(Arrays.copyOfRange(sound, 2 * 239, sound.length))).isEqualTo(-1);
        assertThat(mixer.pendingCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5})
    void shouldFadeAlongACosineHoweverOftenAskedWithoutAStep(int blocksBetween) {
        CueMixer whole = new CueMixer(AudioConfig.DEFAULT, RATE_HZ, new Counters(), played);
        whole.apply(CueCommands.schedule(1, 3_000_000));
        float[] unfaded = render(whole, 2000, 16);
        mixer.apply(CueCommands.schedule(1, 3_000_000));
        render(mixer, 320, 16);
        mixer.silence();
        float[] before = render(mixer, 16 * blocksBetween, 16);
        mixer.silence();
        float[] after = render(mixer, 480, 16);

        float[] faded = Arrays.copyOf(before, before.length + after.length);
        System.arraycopy(after, 0, faded, before.length, after.length);
        for (int i = 0; i < faded.length / 2; i++) {
            double first = factor(i);
            double second = i < 16 * blocksBetween ? 1 : factor(i - 16 * blocksBetween);
            assertThat((double) faded[2 * i]).isCloseTo(unfaded[2 * (320 + i)] * first * second, within(1e-6));
        }
    }

    private static double factor(int frame) {
        return frame >= 239 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * (frame + 1) / 240);
    }

    @Test
    void shouldNotBeginACueThatTheLimiterStillHeldBackWhenSilenceCame() {
        for (int ahead = 1; ahead < mixer.aheadFrames(); ahead += 7) {
            CueMixer fresh = new CueMixer(AudioConfig.DEFAULT, RATE_HZ, counters, played);
            fresh.apply(CueCommands.schedule(1, (256 + ahead) * FRAME_NS));
            render(fresh, 256, 256);
            fresh.silence();

            assertThat(firstSound(render(fresh, 4800, 256))).isEqualTo(-1);
        }
        assertThat(counters.get(Counter.CUES_PLAYED)).isZero();
        assertThat(played.peek()).isNull();
    }

    @Test
    void shouldTellACueAsPlayedWithTheBlockThatHoldsItsFirstFrame() {
        mixer.apply(CueCommands.schedule(1, 300 * FRAME_NS));
        render(mixer, 256, 256);
        assertThat(counters.get(Counter.CUES_PLAYED)).isZero();
        render(mixer, 256, 256);
        assertThat(counters.get(Counter.CUES_PLAYED)).isEqualTo(1);
    }

    @Test
    void shouldForgetWhatTheLimiterHeldBackOnARestart() {
        mixer.apply(CueCommands.schedule(1, 300 * FRAME_NS));
        mixer.apply(CueCommands.schedule(2, 20_000 * FRAME_NS));
        render(mixer, 256, 256);
        mixer.restart(RATE_HZ);
        mixer.skip(2048);

        assertThat(Onsets.of(render(mixer, 48_000, 256))).containsExactly(20_000L - 256 - 2048);
        assertThat(counters.get(Counter.CUES_LATE)).isEqualTo(1);
        assertThat(counters.get(Counter.CUES_PLAYED)).isEqualTo(1);
    }

    @Test
    void shouldPlaceCuesExactlyAfterFramesWereTakenBack() {
        mixer.apply(CueCommands.schedule(1, 10_000_000));
        mixer.apply(CueCommands.schedule(2, 100_000_000));
        render(mixer, 512, 256);
        mixer.skip(-100);

        assertThat(Onsets.of(render(mixer, 9600, 256))).containsExactly(4800L - 412);
    }

    @ParameterizedTest
    @ValueSource(ints = {44_100, 96_000})
    void shouldGoOnAtAnotherRate(int rateHz) {
        mixer.restart(rateHz);
        LinearFrameClock other = new LinearFrameClock(0, rateHz);
        mixer.apply(CueCommands.schedule(1, 10_000_000));
        float[] block = new float[2 * rateHz];
        mixer.render(block, rateHz / 2, other);
        mixer.silence();
        mixer.render(block, 64, other);

        mixer.apply(CueCommands.schedule(2, 600_000_000));
        mixer.render(block, rateHz / 2, other);
        assertThat(Onsets.of(block)).containsExactly(other.frameOf(600_000_000) - rateHz / 2 - 64);
    }

    @Test
    void shouldSoundAgainWithTheFirstCueScheduledAfterSilence() {
        mixer.apply(CueCommands.schedule(1, 5_000_000));
        mixer.apply(CueCommands.of(Kind.SILENCE, 0));
        mixer.apply(CueCommands.schedule(2, 10_000_000));

        assertThat(Onsets.of(render(mixer, 4800, 256))).containsExactly(480L);
    }

    @Test
    void shouldScaleByGainAndTreatNonsenseAsSilent() {
        for (float nonsense : new float[] {Float.NaN, -1, Float.NEGATIVE_INFINITY}) {
            CueMixer fresh = new CueMixer(AudioConfig.DEFAULT, RATE_HZ, counters, played);
            CueCommand command = CueCommands.schedule(1, 10_000_000);
            command.gain = nonsense;
            fresh.apply(command);

            assertThat(firstSound(render(fresh, 4800, 256))).isEqualTo(-1);
        }
        CueCommand half = CueCommands.schedule(1, 10_000_000);
        half.gain = 0.5f;
        mixer.apply(half);
        CueMixer full = new CueMixer(AudioConfig.DEFAULT, RATE_HZ, counters, played);
        full.apply(CueCommands.schedule(1, 10_000_000));
        float[] quiet = render(mixer, 1024, 256);
        float[] normal = render(full, 1024, 256);
        assertThat(firstSound(quiet)).isEqualTo(480);
        for (int i = 0; i < quiet.length; i++) {
            assertThat(quiet[i]).isEqualTo(normal[i] / 2);
        }
    }

    @Test
    void shouldRefuseAndCountCuesBeyondTheTable() {
        for (int i = 1; i <= PendingCues.CAPACITY + 3; i++) {
            mixer.apply(CueCommands.schedule(i, 1_000_000_000L + i * 200_000_000L));
        }

        assertThat(mixer.pendingCount()).isEqualTo(PendingCues.CAPACITY);
        assertThat(counters.get(Counter.CUES_REFUSED)).isEqualTo(3);
    }

    @Test
    void shouldAllocateNothingPerBlock() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        float[] block = new float[512];
        CueCommand schedule = CueCommands.schedule(1, 0);
        CueCommand commit = CueCommands.of(Kind.COMMIT, 0);
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                schedule.cueId++;
                schedule.onsetNs = clock.timeNsOf(mixer.nextFrame() + 300);
                commit.cueId = schedule.cueId;
                mixer.apply(schedule);
                mixer.apply(commit);
                mixer.render(block, 256, clock);
                mixer.confirmWritten();
                if (played.peek() != null) {
                    played.release();
                }
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }

        // The measuring itself may allocate a few bytes, which over 20,000 blocks is none per block.
        assertThat(allocated).isLessThan(1000);
        assertThat(counters.get(Counter.CUES_PLAYED)).isGreaterThan(99_000);
    }

    private float[] walk(int blockFrames) {
        CueMixer fresh = new CueMixer(AudioConfig.DEFAULT, RATE_HZ, new Counters(), played);
        for (int i = 1; i <= 12; i++) {
            fresh.apply(CueCommands.schedule(i, 1_234_567 + 40_000_000L * i));
        }
        return Arrays.copyOf(render(fresh, 49_152, blockFrames), 2 * 48_000);
    }

    /** Renders at least so many frames in blocks of a length. */
    private float[] render(CueMixer from, int frames, int blockFrames) {
        int blocks = (frames + blockFrames - 1) / blockFrames;
        float[] all = new float[2 * blocks * blockFrames];
        float[] block = new float[2 * blockFrames];
        for (int i = 0; i < blocks; i++) {
            from.render(block, blockFrames, clock);
            from.confirmWritten();
            System.arraycopy(block, 0, all, i * block.length, block.length);
        }
        return all;
    }

    /** Returns the first frame that is not exactly 0, or -1. */
    private static int firstSound(float[] stereo) {
        for (int i = 0; i < stereo.length; i++) {
            if (stereo[i] != 0) {
                return i / 2;
            }
        }
        return -1;
    }
}
