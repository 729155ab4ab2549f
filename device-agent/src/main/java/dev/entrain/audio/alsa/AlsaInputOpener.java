package dev.entrain.audio.alsa;

import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioInput;
import dev.entrain.time.NanoClock;

/**
 * Opens one named sound card for recording.
 *
 * @param device name of the ALSA device, as {@code arecord -L} lists them
 * @param time CLOCK_MONOTONIC
 */
public record AlsaInputOpener(String device, NanoClock time) implements AudioInput.Opener {
    @Override
    public AudioInput open() throws AudioException {
        return new AlsaInput(new Alsa(), device, time);
    }
}
