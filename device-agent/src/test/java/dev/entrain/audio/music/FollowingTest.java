package dev.entrain.audio.music;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.music.soundtouch.SoundTouchStretchers;
import dev.entrain.music.MusicException;
import dev.entrain.musictest.FollowResult;
import dev.entrain.musictest.FollowRun;
import dev.entrain.musictest.KnownPiece;
import dev.entrain.musictest.TempoCourse;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Music on planned beats, with the system's SoundTouch. */
class FollowingTest {
    private static final double SECONDS = 30;

    @ParameterizedTest
    @CsvSource({"100, 89", "100, 95", "100, 100", "100, 104.3", "100, 111.5", "60, 118", "170, 80"})
    void shouldPutBeatsOnThePlanAtEveryRatioWithinReach(double songBpm, double spm) throws MusicException {
        FollowResult result = follow(KnownPiece.strokes(120, songBpm), time -> spm);

        assertThat(result.carriedShare()).isGreaterThan(0.9);
        assertThat(result.spread().p95Ms()).isLessThanOrEqualTo(3);
        assertThat(result.spread().mostMs()).isLessThanOrEqualTo(6);
    }

    @Test
    void shouldFollowAChangeOfTempo() throws MusicException {
        FollowResult result = follow(KnownPiece.strokes(120, 100), time -> 96 + 8 * Math.clamp((time - 8) / 12, 0, 1));

        assertThat(result.carriedShare()).isGreaterThan(0.9);
        assertThat(result.spread().p95Ms()).isLessThanOrEqualTo(3);
        assertThat(result.spread().mostMs()).isLessThanOrEqualTo(6);
    }

    private static FollowResult follow(KnownPiece piece, DoubleUnaryOperator spm) throws MusicException {
        return FollowRun.of(piece, TempoCourse.of(spm, SECONDS), SECONDS, new SoundTouchStretchers());
    }
}
