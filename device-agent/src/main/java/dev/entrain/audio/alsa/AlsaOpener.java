package dev.entrain.audio.alsa;

import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioOpener;
import dev.entrain.audio.AudioOutput;
import dev.entrain.time.NanoClock;
import org.jspecify.annotations.Nullable;

/** Opens one named sound card through libasound. */
public final class AlsaOpener implements AudioOpener {
    private final String device;
    private final NanoClock time;
    private @Nullable Alsa alsa;

    /**
     * Touches nothing yet.
     *
     * @param device name of the ALSA device, as {@code aplay -L} lists them
     * @param time CLOCK_MONOTONIC
     */
    public AlsaOpener(String device, NanoClock time) {
        this.device = device;
        this.time = time;
    }

    @Override
    public AudioOutput open() throws AudioException {
        return new AlsaOutput(library(), device, time);
    }

    @Override
    public String describe() {
        return "sound card '" + device + "'";
    }

    private synchronized Alsa library() throws AudioException {
        Alsa loaded = alsa;
        if (loaded == null) {
            loaded = new Alsa();
            alsa = loaded;
        }
        return loaded;
    }
}
