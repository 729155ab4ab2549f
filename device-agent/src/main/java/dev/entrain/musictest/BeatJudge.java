package dev.entrain.musictest;

import dev.entrain.musictest.FollowRig.HeardBeat;
import java.util.Arrays;
import java.util.List;

/**
 * Finds where the strokes of a {@link KnownPiece} begin in what came out, near each planned beat that music carried: the first
 * frame over half the height of a stroke. The same look at the piece itself tells how much later than a beat that is.
 */
final class BeatJudge {
    private static final int NEAR_PER_S = 40;
    private static final double HEIGHT = 0.5;

    private final float[] sound;
    private final int near;

    private BeatJudge(float[] sound, int rateHz) {
        this.sound = sound;
        near = rateHz / NEAR_PER_S;
    }

    /**
     * Judges beats.
     *
     * @param sound one channel
     * @param beats the planned ones
     * @param piece what was played
     * @return heard minus planned of each beat found, ms, ascending
     */
    static double[] lagsMs(float[] sound, List<HeardBeat> beats, KnownPiece piece) {
        double later = delayFrames(piece);
        BeatJudge judge = new BeatJudge(sound, FollowRig.RATE_HZ);
        long[] frames = beats.stream()
                .filter(HeardBeat::carried)
                .mapToLong(HeardBeat::frame)
                .toArray();
        return Arrays.stream(judge.lags(frames))
                .map(lag -> 1000 * (lag - later) / FollowRig.RATE_HZ)
                .sorted()
                .toArray();
    }

    private static double delayFrames(KnownPiece piece) {
        KnownPiece here = new KnownPiece(FollowRig.RATE_HZ, 1, 30, piece.bpm(), 0, true);
        double[] beatsS = here.beatsS();
        long[] frames = new long[beatsS.length];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = Math.round(beatsS[i] * FollowRig.RATE_HZ);
        }
        double[] lags = new BeatJudge(here.sound(30 * FollowRig.RATE_HZ), FollowRig.RATE_HZ).lags(frames);
        Arrays.sort(lags);
        return lags[lags.length / 2];
    }

    private double[] lags(long[] frames) {
        double[] peaks = Arrays.stream(frames).mapToDouble(this::peak).sorted().toArray();
        double height = peaks.length == 0 ? 0 : HEIGHT * peaks[peaks.length * 3 / 4];
        return Arrays.stream(frames)
                .mapToDouble(frame -> lag(frame, height))
                .filter(lag -> !Double.isNaN(lag))
                .toArray();
    }

    private double peak(long frame) {
        double peak = 0;
        for (int i = first(frame); i < last(frame); i++) {
            peak = Math.max(peak, Math.abs(sound[i]));
        }
        return peak;
    }

    private double lag(long frame, double height) {
        for (int i = first(frame); i < last(frame); i++) {
            if (Math.abs(sound[i]) >= height) {
                return i - frame;
            }
        }
        return Double.NaN;
    }

    private int first(long frame) {
        return Math.clamp(frame - near, 0, sound.length);
    }

    private int last(long frame) {
        return Math.clamp(frame + near, 0, sound.length);
    }
}
