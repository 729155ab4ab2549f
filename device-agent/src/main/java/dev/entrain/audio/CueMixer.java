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
 * <p>The limiter looks ahead, so sounds are mixed {@link #aheadFrames} frames before they leave; frame numbers are always
 * those of the stream. Silence takes effect on the next frame that leaves, also for what is held back by then; what an
 * output has queued is the audio loop's to take back. It ends prompts too; one that is said afterwards is spoken.
 *
 * <p>For one thread at a time; {@link #apply}, {@link #render} and {@link #confirmWritten} are realtime-safe.
 */
public final class CueMixer {
    private static final int EDGE_STEPS_PER_S = 2000;
    private static final int FADES_PER_S = 200;

    private final float levelGain;
    private final Counters counters;
    private final SlotRing<PlayedCue> played;

    private final PendingCues pending = new PendingCues();
    private final PlayedCue[] begun = new PlayedCue[PendingCues.CAPACITY];
    private int begunCount;

    private final SoundingCues sounding = new SoundingCues();
    private final PromptPlayer prompts;
    private final FadingTail tail = new FadingTail();
    private final Fade fade = new Fade();
    private final SoundLevel level = new SoundLevel();
    private final MasterBus master;
    private final Backing backing;
    private final double levelDbfs;

    private final Timbre timbre;
    private int rateHz;
    private Voices voices;
    private float[] fading;
    private long nextFrame;
    private int worstErrorFrames;
    private long movesRefused;

    /**
     * Makes a silent mixer at frame 0.
     *
     * @param config level and sounds; the rest is not looked at
     * @param rateHz frames per second of the output
     * @param counters where cues played, late and refused are counted
     * @param played receives each cue whose first frame was written; a full ring loses the newest
     */
    public CueMixer(AudioConfig config, int rateHz, Counters counters, SlotRing<PlayedCue> played) {
        this(config, rateHz, counters, played, Backing.NONE);
    }

    /** Makes a silent mixer with something under the beats, such as music. */
    public CueMixer(AudioConfig config, int rateHz, Counters counters, SlotRing<PlayedCue> played, Backing backing) {
        this.backing = backing;
        levelDbfs = config.levelDbfs();
        this.levelGain = config.levelGain();
        this.counters = counters;
        this.played = played;
        this.rateHz = rateHz;
        timbre = config.sounds().timbre();
        voices = new Voices(timbre, rateHz);
        prompts = new PromptPlayer(config.sounds().language(), rateHz, voices, counters);
        master = new MasterBus(config.loudness(), level, rateHz);
        fading = new float[2 * rateHz / FADES_PER_S];
        tail.cut(rateHz / FADES_PER_S);
        for (int i = 0; i < begun.length; i++) {
            begun[i] = new PlayedCue();
        }
        backing.prepare(rateHz, CueLevel.ofBeat(voices, rateHz) + levelDbfs);
    }

    /**
     * Goes on at another rate with the plan kept and what sounds cut off; cues that were to begin in it are late. Not
     * realtime-safe if the rate changes.
     */
    void restart(int newRateHz) {
        sounding.cut();
        master.restart(newRateHz);
        counters.add(Counter.CUES_LATE, begunCount); // Mixed, but the output took them no more.
        begunCount = 0;
        if (newRateHz != rateHz) {
            rateHz = newRateHz;
            voices = new Voices(timbre, newRateHz);
            fading = new float[2 * newRateHz / FADES_PER_S];
            backing.prepare(rateHz, CueLevel.ofBeat(voices, rateHz) + levelDbfs);
        }
        backing.restart();
        prompts.restart(newRateHz, voices);
        tail.cut(newRateHz / FADES_PER_S);
    }

    /** Returns how loud it is, and where to lower it. */
    SoundLevel level() {
        return level;
    }

    /**
     * Counts frames that were written without the mixer, as silence, or takes back the count of rendered ones that were
     * not written; then what sounds is cut off, because it would go on too early. Cues on them are late.
     */
    void skip(int frames) {
        nextFrame += frames;
        if (frames < 0) {
            restart(rateHz);
        }
    }

    /** Returns the frame of the stream that the next rendered block begins with. */
    public long nextFrame() {
        return nextFrame;
    }

    /** Returns how many frames before the block with its onset a cue must be known, because the limiter looks ahead. */
    int aheadFrames() {
        return master.delayFrames();
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

    /**
     * Forgets every cue and prompt and fades what sounds within 5 ms of the next frame; a cue that has not begun by then
     * never does.
     */
    public void silence() {
        pending.clear();
        prompts.forgetWaiting();
        int fadeFrames = rateHz / FADES_PER_S;
        for (int i = 0; i < begunCount; i++) {
            fadeFrames = (int) Math.min(fadeFrames, Math.max(0, begun[i].frameIndex - nextFrame));
        }
        begunCount = 0;
        fade.over(fadeFrames);
        master.fade(fade);
        int left = Math.max(0, fadeFrames - master.delayFrames());
        Arrays.fill(fading, 0, 2 * left, 0f);
        mix(fading, left);
        backing.silence();
        sounding.cut();
        prompts.forget();
        tail.take(fading, left, fade, fadeFrames - left);
    }

    /** Counts and forgets cues whose onset has passed, and prompts, for while no output is open. */
    void dropBefore(long timeNs) {
        prompts.forget();
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
     * @param stereo receives left and right in turn from index 0, full scale 1, never beyond {@link
     *     TruePeakLimiter#CEILING}
     * @param frames how many, at most half the array's length
     * @param clock maps onsets to frames
     */
    public void render(float[] stereo, int frames, FrameClock clock) {
        tellPlan(frames, clock);
        startDue(frames, clock);
        Arrays.fill(stereo, 0, 2 * frames, 0f);
        mix(stereo, frames);
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
            if (begun[i].frameIndex < nextFrame) {
                check.written(begun[i].frameIndex, begun[i].onsetNs);
            }
        }
        confirmWritten();
    }

    /** Says that the rendered block was written, which makes its cues played ones. */
    public void confirmWritten() {
        int kept = 0;
        for (int i = 0; i < begunCount; i++) {
            PlayedCue cue = begun[i];
            if (cue.frameIndex >= nextFrame) {
                begun[i] = begun[kept]; // Still held back by the limiter: a cue of the next block.
                begun[kept++] = cue;
                continue;
            }
            counters.increment(Counter.CUES_PLAYED);
            PlayedCue slot = played.claim();
            if (slot != null) {
                slot.copyFrom(cue);
                played.publish();
            }
        }
        begunCount = kept;
    }

    private void mix(float[] stereo, int frames) {
        sounding.mix(stereo, frames);
        backing.mix(stereo, frames, nextFrame + master.delayFrames());
        prompts.mix(stereo, frames, levelGain);
        tail.mix(stereo, frames);
    }

    /** Speaks with the next frame rendered, or after what is being spoken. */
    void say(Prompt prompt) {
        prompts.say(prompt);
    }

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

    private void tellPlan(int frames, FrameClock clock) {
        backing.planBegins(nextFrame + master.delayFrames(), frames);
        for (int i = 0; i < pending.count(); i++) {
            backing.planned(
                    pending.cueId[i], clock.frameOf(pending.onsetNs[i]), pending.periodNs[i], pending.committed[i]);
        }
        backing.planEnds();
    }

    private void startDue(int frames, FrameClock clock) {
        long head = nextFrame + master.delayFrames();
        for (int i = pending.count() - 1; i >= 0; i--) {
            long asked = clock.frameOf(pending.onsetNs[i]);
            if (asked - head >= frames) {
                pending.wasAhead[i] = true;
                continue;
            }
            long edge = pending.wasAhead[i] ? rateHz / EDGE_STEPS_PER_S : 0;
            if (asked - head < -edge) {
                counters.increment(Counter.CUES_LATE);
            } else {
                start(i, asked, Math.max(asked, head), head, clock);
            }
            pending.remove(i);
        }
    }

    private void start(int index, long asked, long frame, long head, FrameClock clock) {
        sounding.start(
                voices.of(pending.voice[index], pending.foot[index]),
                (int) (frame - head),
                levelGain * cueGain(pending.gain[index]) * backing.clickGain(pending.cueId[index], frame));
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
