package dev.entrain.audio;

import dev.entrain.audio.AudioOutput.Event;
import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.cue.Prompt;
import dev.entrain.sample.Foot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Sounds one after the other, for a technician's ears, through the same last stage as a walk's. Not for the audio thread
 * and not timed: cues are timed by {@link AudioLoop}.
 */
public final class Audition {
    private static final int PAUSE_MS = 500;
    private static final int WAIT_MS = 1000;
    private static final int MOST_BREAKS = 20;

    private final int rateHz;
    private final Loudness loudness;
    private final List<Sound> sounds = new ArrayList<>();

    /**
     * One sound.
     *
     * @param name of the sound
     * @param foot it is for, or the language
     * @param form beat, accent or spoken
     * @param mono the sound, full scale 1
     * @param gain its factor
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed through, never compared.
    public record Sound(String name, String foot, String form, float[] mono, float gain) {}

    /**
     * Makes an empty one.
     *
     * @param rateHz frames per second of all sounds
     * @param loudness what is known of the headphones, which are kept under the cap
     */
    public Audition(int rateHz, Loudness loudness) {
        this.rateHz = rateHz;
        this.loudness = loudness;
    }

    /** Adds a timbre: left and right beat, left and right accent, at the level of a configuration. */
    public void addCues(Timbre timbre, AudioConfig config) {
        Voices voices = new Voices(timbre, rateHz);
        for (Voice voice : Voice.values()) {
            for (int foot = 0; foot < Foot.COUNT; foot++) {
                Foot of = Foot.of(foot);
                add(new Sound(word(timbre), word(of), word(voice), voices.of(voice, of), config.levelGain()));
            }
        }
    }

    /** Adds every prompt in the language and at the level of a configuration, as loud as its timbre's accents. */
    public void addPrompts(AudioConfig config) {
        Voices voices = new Voices(config.sounds().timbre(), rateHz);
        double energy = KWeighting.energy(voices.of(Voice.ACCENT, Foot.LEFT), rateHz);
        PromptRecordings recordings = new PromptRecordings(config.sounds().language(), rateHz, energy);
        for (Prompt prompt : Prompt.values()) {
            short[] recording = recordings.of(prompt);
            float[] mono = new float[recording.length];
            for (int i = 0; i < mono.length; i++) {
                mono[i] = recording[i] / (float) Short.MAX_VALUE;
            }
            add(new Sound(word(prompt), word(config.sounds().language()), "spoken", mono, config.levelGain()));
        }
    }

    /** Adds a sound. */
    public void add(Sound sound) {
        sounds.add(sound);
    }

    /** Returns the sounds in the order they are played. */
    public List<Sound> sounds() {
        return List.copyOf(sounds);
    }

    /** Returns frames per second. */
    public int rateHz() {
        return rateHz;
    }

    /** Returns all sounds with a pause of half a second after each, left and right in turn, limited. */
    public float[] stereo() {
        int pause = rateHz * PAUSE_MS / 1000;
        int frames = 0;
        for (Sound sound : sounds) {
            frames += sound.mono().length + pause;
        }
        float[] stereo = new float[2 * frames];
        int at = 0;
        for (Sound sound : sounds) {
            for (float sample : sound.mono()) {
                stereo[2 * at++] = sample * sound.gain();
            }
            at += pause;
        }
        new MasterBus(loudness, new SoundLevel(), rateHz).process(stereo, frames);
        return stereo;
    }

    /**
     * Plays a stream to its end, with breaks where the machine is too busy.
     *
     * @param stereo left and right in turn
     * @param output opened and not started; stays open
     * @param ending whether to stop
     * @throws AudioException if the output fails
     */
    public static void play(float[] stereo, AudioOutput output, BooleanSupplier ending) throws AudioException {
        CardStatus status = new CardStatus();
        // Silence of a buffer's length at the end: when it is written, all before it has been heard.
        float[] all = Arrays.copyOf(stereo, stereo.length + 2 * output.bufferFrames());
        int frames = all.length / 2;
        int at = output.write(all, 0, Math.min(frames, output.bufferFrames()));
        boolean playing = output.start();
        for (int breaks = 0; playing && at < frames && !ending.getAsBoolean(); ) {
            Event event = output.await(status, WAIT_MS);
            int taken = 0;
            if (event == Event.READY) {
                taken = output.write(all, at, Math.min(frames - at, status.roomFrames));
            } else if (event == Event.FAILED) {
                playing = false;
            } else if (event != Event.TIMEOUT) {
                playing = output.recover();
                taken = output.write(all, at, Math.min(frames - at, output.bufferFrames()));
                playing = playing && output.start();
            }
            at += taken;
            breaks += event == Event.READY && taken > 0 ? 0 : 1;
            playing = playing && breaks <= MOST_BREAKS;
        }
        if (!playing) {
            String failure = output.failure();
            throw new AudioException(
                    failure.isEmpty()
                            ? output.describe() + " does not keep playing. End what keeps the machine busy."
                            : failure);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
