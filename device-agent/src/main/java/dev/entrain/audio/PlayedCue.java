package dev.entrain.audio;

import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.sample.Foot;

/** A cue whose first frame was written. A mutable view that the ring reuses. */
public final class PlayedCue {
    /** The cue's number within the walk. */
    public long cueId;

    /** Frame of the output on which the sound starts. */
    public long frameIndex;

    /** When the plan wanted the sound to start, ns. */
    public long onsetNs;

    /** When that frame is heard by the clock model at the time of writing, ns. */
    public long heardNs;

    /** Time of the newest sample the decision used, ns. */
    public long decidedNs;

    /** Beat period at this cue, ns. */
    public long periodNs;

    /** Frame written minus frame the clock model asked for; 0 unless the model moved while the cue was at the edge. */
    public int errorFrames;

    /** The foot the cue is for. */
    public Foot foot = Foot.LEFT;

    /** The sound. */
    public Voice voice = Voice.BEAT;

    /** Copies every field of another view into this one. */
    public void copyFrom(PlayedCue other) {
        cueId = other.cueId;
        frameIndex = other.frameIndex;
        onsetNs = other.onsetNs;
        heardNs = other.heardNs;
        decidedNs = other.decidedNs;
        periodNs = other.periodNs;
        errorFrames = other.errorFrames;
        foot = other.foot;
        voice = other.voice;
    }
}
