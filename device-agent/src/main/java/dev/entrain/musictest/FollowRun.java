package dev.entrain.musictest;

import dev.entrain.audio.music.MusicSettings;
import dev.entrain.audio.music.SongPlayed;
import dev.entrain.audio.music.Stretchers;
import dev.entrain.music.Song;
import dev.entrain.musictest.FollowRig.HeardBeat;
import dev.entrain.time.NanoClock;
import java.util.Arrays;
import java.util.List;

/** Plays a piece on a plan and judges it. */
public final class FollowRun {
    /** Music alone where it carries the beat, so that what is found is music. */
    public static final MusicSettings MUSIC_ALONE = new MusicSettings(6, MusicSettings.NO_CLICK_DB, false);

    /** Loudness a {@link KnownPiece} is said to have, LUFS. */
    public static final double LUFS = -20;

    private FollowRun() {}

    /**
     * Plays once.
     *
     * @param cues the plan
     * @param seconds how long, s
     */
    public static FollowResult of(KnownPiece piece, List<TimedCue> cues, double seconds, Stretchers stretchers) {
        Song song = piece.song("known", LUFS);
        try (FollowRig rig = new FollowRig(MUSIC_ALONE, file -> piece.open(), stretchers, spm -> song)) {
            rig.run(cues, seconds, NanoClock.SYSTEM);
            return judge(rig, piece, seconds);
        }
    }

    private static FollowResult judge(FollowRig rig, KnownPiece piece, double seconds) {
        List<HeardBeat> beats = rig.beats();
        int first = 0;
        while (first < beats.size() && !beats.get(first).carried()) {
            first++;
        }
        List<HeardBeat> music = beats.subList(first, beats.size());
        List<Double> lags = Arrays.stream(BeatJudge.lagsMs(rig.sound(), music, piece))
                .boxed()
                .toList();
        rig.close(); // So the song tells how it was heard.
        SongPlayed played = rig.player().heard().peek();
        return new FollowResult(
                music.size(),
                (int) music.stream().filter(HeardBeat::carried).count(),
                lags,
                played == null ? Double.NaN : played.stretchMedianPct,
                rig.musicNs() * 1e-9 / seconds);
    }
}
