package dev.entrain.audio;

import java.nio.file.Path;

/**
 * What a technician chooses about sound.
 *
 * @param output where sound goes
 * @param device name of the ALSA device, such as {@code default} or {@code hw:CARD=Headphones}; {@code aplay -L} lists them
 * @param wavFile the file for WAV output
 * @param levelDbfs peak of the loudest cue, dBFS, {@value #LEVEL_MIN_DBFS} to {@value #LEVEL_MAX_DBFS}
 * @param offsetMs how much later than the card says a sound is heard, ms, {@value #OFFSET_MIN_MS} to
 *     {@value #OFFSET_MAX_MS}; subtracted from every cue. Not a number where none was written: then what was calibrated
 *     counts, and without that 0
 * @param sounds what the cues and prompts sound like
 * @param loudness level at the ear; what is known of the headphones is not chosen but measured ({@link LevelSetting})
 */
public record AudioConfig(
        Output output,
        String device,
        Path wavFile,
        double levelDbfs,
        double offsetMs,
        SoundConfig sounds,
        Loudness loudness) {
    /** Quietest level, dBFS. */
    public static final double LEVEL_MIN_DBFS = -60;

    /** Loudest level, dBFS. */
    public static final double LEVEL_MAX_DBFS = -6;

    /** Smallest output offset, ms. */
    public static final double OFFSET_MIN_MS = -50;

    /** Largest output offset, ms. */
    public static final double OFFSET_MAX_MS = 500;

    /** Where sound goes. */
    public enum Output {
        /** The sound card if there is one, otherwise the WAV file. */
        AUTO,
        /** The sound card; without one the agent waits for it. */
        ALSA,
        /** The WAV file, paced as a card would be. */
        WAV
    }

    /** The card and no file, ALSA's default device, -18 dBFS, no offset written. */
    public static final AudioConfig DEFAULT = new AudioConfig(
            Output.ALSA, "default", Path.of("cues.wav"), -18, Double.NaN, SoundConfig.DEFAULT, Loudness.UNKNOWN);

    /** Checks the ranges. */
    public AudioConfig {
        if (!(levelDbfs >= LEVEL_MIN_DBFS && levelDbfs <= LEVEL_MAX_DBFS)) {
            throw new IllegalArgumentException("audio level must be " + LEVEL_MIN_DBFS + " to " + LEVEL_MAX_DBFS
                    + " dBFS, not " + levelDbfs + "; set it to -18 and adjust by ear");
        }
        if (offsetMs < OFFSET_MIN_MS || offsetMs > OFFSET_MAX_MS) {
            throw new IllegalArgumentException("audio offset must be " + OFFSET_MIN_MS + " to " + OFFSET_MAX_MS
                    + " ms, not " + offsetMs + "; leave it out where it was never measured");
        }
        if (device.isBlank()) {
            throw new IllegalArgumentException(
                    "audio device has no name; set it to 'default' or to one 'aplay -L' lists");
        }
    }

    /** Returns this with another level. */
    AudioConfig withLevel(double newLevelDbfs, Loudness newLoudness) {
        return new AudioConfig(output, device, wavFile, newLevelDbfs, offsetMs, sounds, newLoudness);
    }

    /** Returns the level as a factor. */
    float levelGain() {
        return (float) Math.pow(10, levelDbfs / 20);
    }

    /** Returns how much later than written a sound is heard, ns, at least 0. */
    public long delayNs() {
        return Math.max(0, offsetNs());
    }

    /** Returns this on another ALSA device. */
    public AudioConfig withDevice(String newDevice) {
        return new AudioConfig(output, newDevice, wavFile, levelDbfs, offsetMs, sounds, loudness);
    }

    /** Returns this with another sound of the cues. */
    public AudioConfig withTimbre(Timbre newTimbre) {
        SoundConfig changed = new SoundConfig(newTimbre, sounds.language());
        return new AudioConfig(output, device, wavFile, levelDbfs, offsetMs, changed, loudness);
    }

    /** Returns this with other sounds. */
    public AudioConfig withSounds(SoundConfig newSounds) {
        return new AudioConfig(output, device, wavFile, levelDbfs, offsetMs, newSounds, loudness);
    }

    /** Returns this with another level at the ear. */
    public AudioConfig withLoudness(Loudness newLoudness) {
        return new AudioConfig(output, device, wavFile, levelDbfs, offsetMs, sounds, newLoudness);
    }

    /** Returns this with another offset, ms or not a number. */
    public AudioConfig withOffsetMs(double newOffsetMs) {
        return new AudioConfig(output, device, wavFile, levelDbfs, newOffsetMs, sounds, loudness);
    }

    /** Returns the offset in ns; 0 where none is known. */
    long offsetNs() {
        return Double.isNaN(offsetMs) ? 0 : Math.round(offsetMs * 1e6);
    }
}
