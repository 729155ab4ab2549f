package dev.entrain.cuetest;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.CueMixer;
import dev.entrain.audio.LinearFrameClock;
import dev.entrain.audio.PlayedCue;
import dev.entrain.cue.CueCommand;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import java.util.Arrays;

/** The beats as the audio loop writes them, rendered at any rate to be looked for in a recording. */
final class CueSounds {
    private static final long LONGEST_MS = 100;

    /** The mixer wants to know of a cue before its frame, because its limiter looks ahead. */
    private static final long AHEAD_MS = 10;

    private static final double KEPT = 0.999;

    private CueSounds() {}

    /**
     * Renders the beat of a foot.
     *
     * @param config level and sounds
     * @param rateHz frames per second
     * @return the sound from its first frame until it holds nearly all its energy, at most {@value #LONGEST_MS} ms
     */
    static float[] beat(AudioConfig config, int rateHz, Foot foot) {
        CueMixer mixer = new CueMixer(config, rateHz, new Counters(), new SlotRing<>(2, PlayedCue::new));
        CueCommand command = new CueCommand();
        command.cueId = 1;
        command.foot = foot;
        command.onsetNs = AHEAD_MS * 1_000_000;
        mixer.apply(command);
        LinearFrameClock clock = new LinearFrameClock(0, rateHz);
        int first = (int) clock.frameOf(command.onsetNs);
        int frames = (int) (rateHz * LONGEST_MS / 1000);
        float[] stereo = new float[2 * (first + frames)];
        mixer.render(stereo, first + frames, clock);
        float[] sound = new float[frames];
        double energy = 0;
        for (int i = 0; i < frames; i++) {
            sound[i] = stereo[2 * (first + i)];
            energy += (double) sound[i] * sound[i];
        }
        double sum = 0;
        int end = 0;
        while (end < frames && sum < KEPT * energy) {
            sum += (double) sound[end] * sound[end];
            end++;
        }
        return Arrays.copyOf(sound, Math.max(1, end));
    }
}
