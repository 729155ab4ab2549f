package dev.entrain.agent;

import dev.entrain.audio.music.NowPlaying;
import dev.entrain.config.GoalConfig;
import dev.entrain.cue.Prompt;
import dev.entrain.entrainment.LockDetector;
import dev.entrain.gait.StrideEstimate;
import org.jspecify.annotations.Nullable;

/**
 * What the steps mean to the music and to the goals: in step or not, how far the arrangement opens, what was reached. For the
 * control thread; realtime-safe.
 */
final class MusicSteps {
    private final @Nullable WalkMusic music;
    private final MusicReward reward;
    private final GoalCount goal;
    private boolean told;
    private boolean songsTold;
    private boolean clicksOnly;

    /**
     * Makes it.
     *
     * @param music null without
     * @param rewarded whether the arrangement opens by rule
     */
    MusicSteps(@Nullable WalkMusic music, boolean rewarded, GoalConfig goal) {
        this.music = music;
        reward = new MusicReward(rewarded);
        this.goal = new GoalCount(goal);
        if (music != null) {
            music.open(reward.open());
        }
    }

    /** Neither music nor goals. */
    static MusicSteps none() {
        return new MusicSteps(null, false, GoalConfig.NONE);
    }

    /** Takes a step, after the detector did. */
    void step(long timeNs, LockDetector lock) {
        if (goal.step(timeNs)) {
            told = false;
            songsTold = false;
        }
        reward.step(timeNs, lock.known(), lock.locked());
        WalkMusic playing = music;
        if (playing != null) {
            playing.locked(lock.locked());
            playing.open(reward.open());
            goal.songs(playing.earned());
        }
    }

    void stride(StrideEstimate stride) {
        goal.stride(stride.foot, stride.lengthM);
    }

    /** Returns the hash of the song that sounds; null for none. */
    @Nullable
    String song() {
        NowPlaying now = music == null ? null : music.now();
        return now == null ? null : now.song().hash();
    }

    /** Beats ended: nobody is in step with them. */
    void silence() {
        WalkMusic playing = music;
        if (playing != null) {
            playing.locked(false);
        }
    }

    /** Says whether beats answer a freeze: they are clicks alone. */
    void answering(boolean now) {
        WalkMusic playing = music;
        if (playing != null && now != clicksOnly) {
            clicksOnly = now;
            playing.clicksOnly(now);
        }
    }

    /** A new session. */
    void begin() {
        goal.reset();
        told = false;
        songsTold = false;
    }

    /** Returns once what is reached and not told yet; null while there is nothing. What is not reached is never told. */
    @Nullable
    Prompt news() {
        if (!told && goal.reached()) {
            told = true;
            return Prompt.GOAL_REACHED;
        }
        if (!songsTold && goal.songsReached()) {
            songsTold = true;
            return Prompt.SONG_EARNED;
        }
        return null;
    }
}
