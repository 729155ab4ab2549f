package dev.entrain.audio.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.audio.music.soundtouch.SoundTouchStretchers;
import dev.entrain.music.MusicException;
import dev.entrain.music.Part;
import dev.entrain.music.Song;
import dev.entrain.musictest.BreakFinder;
import dev.entrain.musictest.FollowRig;
import dev.entrain.musictest.FollowRun;
import dev.entrain.musictest.KnownPiece;
import dev.entrain.musictest.TempoCourse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much of a song is heard changes slowly, and what is heard stays whole. */
class ArrangementTest {
    private static final int RATE_HZ = FollowRig.RATE_HZ;
    private static final int CHUNK = 256;

    @Test
    void shouldLetLowSoundPassAndTakeHighSoundAwayWhileClosed() {
        Arrangement closed = new Arrangement(RATE_HZ);
        closed.move(0, 10 * RATE_HZ);

        assertThat(gainDb(closed, 300)).isCloseTo(0, within(0.5));
        assertThat(gainDb(closed, 6000)).isLessThan(-20);
    }

    @Test
    void shouldPassEverythingUntouchedWhileOpen() {
        Arrangement open = new Arrangement(RATE_HZ);
        float[] sound = tone(6000, CHUNK);
        float[] before = sound.clone();
        open.move(1, CHUNK);
        open.filter(sound, CHUNK);

        assertThat(sound).isEqualTo(before);
    }

    @Test
    void shouldTakeFiveSecondsFromEndToEnd() {
        Arrangement arrangement = new Arrangement(RATE_HZ);
        arrangement.move(0, 10 * RATE_HZ);
        int frames = 0;
        while (arrangement.move(1, CHUNK) < 1) {
            frames += CHUNK;
        }

        assertThat((double) frames / RATE_HZ).isCloseTo(Arrangement.WHOLE_S, within(0.1));
    }

    @Test
    void shouldAddThePartsOneAfterTheOther() {
        assertThat(Arrangement.gain(0, 0, 4)).isEqualTo(1);
        assertThat(Arrangement.gain(0, 1, 4)).isZero();
        assertThat(Arrangement.gain(0.5, 1, 4)).isEqualTo(1);
        assertThat(Arrangement.gain(0.5, 2, 4)).isEqualTo(0.5f);
        assertThat(Arrangement.gain(0.5, 3, 4)).isZero();
        assertThat(Arrangement.gain(1, 3, 4)).isEqualTo(1);
    }

    @Test
    void shouldOpenAndCloseASongInPartsWithoutABreak() throws MusicException {
        KnownPiece piece = KnownPiece.smooth(60, 100);
        Song whole = piece.song("whole", -20);
        Song song = new Song(
                whole.hash(),
                whole.title(),
                "",
                whole.durationS(),
                -20,
                -3,
                whole.beats(),
                whole.preference(),
                whole.file(),
                List.of(new Part("bass", Path.of("1")), new Part("melody", Path.of("2"))));
        try (FollowRig rig =
                new FollowRig(FollowRun.MUSIC_ALONE, file -> piece.open(), new SoundTouchStretchers(), tempo -> song)) {
            rig.run(TempoCourse.of(time -> 102, 40), 8, () -> 0);
            rig.player().open(0);
            rig.run(TempoCourse.of(time -> 102, 40), 16, () -> 0);
            rig.player().open(1);
            rig.run(TempoCourse.of(time -> 102, 40), 30, () -> 0);

            float[] sound = rig.sound();
            assertThat(BreakFinder.find(Arrays.copyOfRange(sound, 5 * RATE_HZ, 30 * RATE_HZ), RATE_HZ))
                    .isEmpty();
            // Both parts are the same sound, so one of them alone is half as strong.
            assertThat(levelDb(sound, 14, 16) - levelDb(sound, 6, 8)).isCloseTo(-6, within(0.3));
            assertThat(levelDb(sound, 25, 29) - levelDb(sound, 6, 8)).isCloseTo(0, within(0.3));
        }
    }

    @Test
    void shouldSoundAllOfASongInMorePartsThanAreOpenedOneByOne() throws MusicException {
        KnownPiece piece = KnownPiece.smooth(60, 100);
        List<Part> six = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            six.add(new Part("part " + i, Path.of(Integer.toString(i))));
        }
        double[] levelDb = new double[2];
        for (int i = 0; i < 2; i++) {
            Song whole = piece.song("whole", -20);
            Song song = new Song(
                    whole.hash(),
                    whole.title(),
                    "",
                    whole.durationS(),
                    -20,
                    -20, // Headroom for six of them.
                    whole.beats(),
                    whole.preference(),
                    Path.of("0"),
                    i == 0 ? List.of() : six);
            try (FollowRig rig = new FollowRig(
                    FollowRun.MUSIC_ALONE, file -> piece.open(), new SoundTouchStretchers(), tempo -> song)) {
                rig.run(TempoCourse.of(time -> 102, 20), 14, () -> 0);
                levelDb[i] = levelDb(rig.sound(), 8, 13);
            }
        }
        // All parts are the same sound, so six of them are six times as strong.
        assertThat(levelDb[1] - levelDb[0]).isCloseTo(20 * Math.log10(6), within(1.0));
    }

    private static double gainDb(Arrangement arrangement, double hz) {
        float[] in = tone(hz, RATE_HZ / 2);
        float[] out = in.clone();
        float[] block = new float[CHUNK];
        for (int from = 0; from + CHUNK <= out.length; from += CHUNK) {
            System.arraycopy(in, from, block, 0, CHUNK);
            arrangement.filter(block, CHUNK);
            System.arraycopy(block, 0, out, from, CHUNK);
        }
        return levelDb(out, 0.1, 0.4) - levelDb(in, 0.1, 0.4);
    }

    private static float[] tone(double hz, int frames) {
        float[] tone = new float[frames];
        for (int i = 0; i < frames; i++) {
            tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / RATE_HZ));
        }
        return tone;
    }

    private static double levelDb(float[] sound, double fromS, double toS) {
        double sum = 0;
        for (int i = (int) (fromS * RATE_HZ); i < toS * RATE_HZ; i++) {
            sum += (double) sound[i] * sound[i];
        }
        return 10 * Math.log10(sum / ((toS - fromS) * RATE_HZ));
    }
}
