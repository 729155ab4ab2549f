package dev.entrain.audio;

import dev.entrain.cue.CueCommand;
import dev.entrain.cue.Prompt;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import java.util.Arrays;

/**
 * Renders the stream: block after block of interleaved stereo, both channels alike because a walker may hear on one ear,
 * each cue starting on its exact frame.
 *
 * <p>A planned cue is mapped to a frame with the newest clock model at every block until its frame is rendered. A cue
 * whose frame is already rendered when it arrives or is moved is late: counted, never played, never shifted. A cue that was
 * ahead and that a correction of the clock model took back behind the edge by at most 0.5 ms starts on the edge.
 *
 * <p>Silence takes effect on the next frame rendered; what an output has queued by then is still heard.
 *
 * <p>For one thread at a time; {@link #apply}, {@link #render} and {@link #confirmWritten} are realtime-safe.
 */
public final class CueMixer {
    private static final int EDGE_STEPS_PER_S = 2000;

    private final float levelGain;
    private final Counters counters;
    private final SlotRing<PlayedCue> played;

    private final PendingCues pending = new PendingCues();
    private final PlayedCue[] begun = new PlayedCue[PendingCues.CAPACITY];
    private int begunCount;

    private final SoundingCues sounding = new SoundingCues();
    private final MasterBus master = new MasterBus();

    private int rateHz;
    private Voices voices;
    private long nextFrame;
    private int worstErrorFrames;
    private long movesRefused;

    /**
     * Makes a silent mixer at frame 0.
     *
     * @param config the level; the rest is not looked at
     * @param rateHz frames per second of the output
     * @param counters where cues played, late and refused are counted
     * @param played receives each cue whose first frame was written; a full ring loses the newest
     */
    public CueMixer(AudioConfig config, int rateHz, Counters counters, SlotRing<PlayedCue> played) {
        this.levelGain = config.levelGain();
        this.counters = counters;
        this.played = played;
        this.rateHz = rateHz;
        voices = new Voices(rateHz);
        sounding.cut(rateHz);
        for (int i = 0; i < begun.length; i++) {
            begun[i] = new PlayedCue();
        }
    }

    /** Goes on at another rate with the plan kept and what sounds cut off. Not realtime-safe if the rate changes. */
    void restart(int newRateHz) {
        sounding.cut(newRateHz);
        counters.add(Counter.CUES_LATE, begunCount); // Rendered, but the output took them no more.
        begunCount = 0;
        if (newRateHz != rateHz) {
            rateHz = newRateHz;
            voices = new Voices(newRateHz);
        }
    }

    /**
     * Counts frames that were written without the mixer, as silence, or takes back the count of rendered ones that were
     * not written. Cues on them are late.
     */
    void skip(int frames) {
        nextFrame += frames;
    }

    /** Returns the first frame that is not rendered yet. */
    public long nextFrame() {
        return nextFrame;
    }

    /** Returns how many cues are planned and do not sound yet. */
    public int pendingCount() {
        return pending.count();
    }

    /** Returns the largest distance so far between the frame written and the frame the clock model asked for. */
    public int worstErrorFrames() {
        return worstErrorFrames;
    }

    /** Returns how many moves came when the cue sounded already or was committed; they change nothing. */
    public long movesRefused() {
        return movesRefused;
    }

    /** Takes one change of the plan. */
    public void apply(CueCommand command) {
        switch (command.kind) {
            case SCHEDULE -> schedule(command);
            case COMMIT -> {
                int index = pending.find(command.cueId);
                if (index >= 0) {
                    pending.committed[index] = true;
                }
            }
            case WITHDRAW -> {
                int index = pending.find(command.cueId);
                if (index >= 0) {
                    pending.remove(index);
                }
            }
            case SILENCE -> silence();
            case SAY -> say(command.prompt);
        }
    }

    /** Forgets every cue and fades what sounds within 5 ms of the next frame rendered. */
    public void silence() {
        pending.clear();
        sounding.fade();
    }

    /** Counts and forgets cues whose onset has passed, for while no output is open. */
    void dropBefore(long timeNs) {
        for (int i = pending.count() - 1; i >= 0; i--) {
            if (pending.onsetNs[i] - timeNs < 0) {
                pending.remove(i);
                counters.increment(Counter.CUES_LATE);
            }
        }
    }

    /**
     * Renders the next frames.
     *
     * @param stereo receives left and right in turn from index 0, full scale 1, never beyond {@link SoftLimiter#CEILING}
     * @param frames how many, at most half the array's length
     * @param clock maps onsets to frames
     */
    public void render(float[] stereo, int frames, FrameClock clock) {
        startDue(frames, clock);
        Arrays.fill(stereo, 0, 2 * frames, 0f);
        sounding.mix(stereo, frames);
        master.process(stereo, frames);
        nextFrame += frames;
    }

    /**
     * Says that the rendered block was written, which makes its cues played ones.
     *
     * @param check is told their frames
     */
    void confirmWritten(OnsetCheck check) {
        for (int i = 0; i < begunCount; i++) {
            check.written(begun[i].frameIndex, begun[i].onsetNs);
        }
        confirmWritten();
    }

    /** Says that the rendered block was written, which makes its cues played ones. */
    public void confirmWritten() {
        for (int i = 0; i < begunCount; i++) {
            counters.increment(Counter.CUES_PLAYED);
            PlayedCue slot = played.claim();
            if (slot != null) {
                slot.copyFrom(begun[i]);
                played.publish();
            }
        }
        begunCount = 0;
    }

    /** Speaks at once. */
    @SuppressWarnings("UnusedVariable") // The recordings are still to come.
    void say(Prompt prompt) {}

    private void schedule(CueCommand command) {
        int index = pending.find(command.cueId);
        if (index >= 0 && !pending.committed[index]) {
            pending.move(index, command);
        } else if (index >= 0 || pending.hasBegun(command.cueId)) {
            movesRefused++;
        } else if (!pending.add(command)) {
            counters.increment(Counter.CUES_REFUSED);
        }
    }

    private void startDue(int frames, FrameClock clock) {
        for (int i = pending.count() - 1; i >= 0; i--) {
            long asked = clock.frameOf(pending.onsetNs[i]);
            if (asked - nextFrame >= frames) {
                pending.wasAhead[i] = true;
                continue;
            }
            long edge = pending.wasAhead[i] ? rateHz / EDGE_STEPS_PER_S : 0;
            if (asked - nextFrame < -edge) {
                counters.increment(Counter.CUES_LATE);
            } else {
                start(i, asked, Math.max(asked, nextFrame), clock);
            }
            pending.remove(i);
        }
    }

    private void start(int index, long asked, long frame, FrameClock clock) {
        sounding.start(
                voices.of(pending.voice[index], pending.foot[index]),
                (int) (frame - nextFrame),
                levelGain * cueGain(pending.gain[index]));
        pending.begun(pending.cueId[index]);
        int error = (int) (frame - asked);
        worstErrorFrames = Math.max(worstErrorFrames, error);
        if (begunCount < begun.length) {
            PlayedCue cue = begun[begunCount++];
            cue.cueId = pending.cueId[index];
            cue.frameIndex = frame;
            cue.onsetNs = pending.onsetNs[index];
            cue.heardNs = clock.timeNsOf(frame);
            cue.decidedNs = pending.decidedNs[index];
            cue.periodNs = pending.periodNs[index];
            cue.errorFrames = error;
            cue.foot = pending.foot[index];
            cue.voice = pending.voice[index];
        }
    }

    private static float cueGain(float asked) {
        return asked >= 0 ? Math.min(asked, 1) : 0; // Also 0 for what is no number.
    }
}
