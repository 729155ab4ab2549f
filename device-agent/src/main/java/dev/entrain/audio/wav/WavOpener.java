package dev.entrain.audio.wav;

import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioOpener;
import dev.entrain.audio.AudioOutput;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Path;

/** Opens a WAV file; each time it is opened again in one run it takes a further name, so that no sound is lost. */
public final class WavOpener implements AudioOpener {
    private final Path path;
    private final NanoClock time;
    private int opened;

    /**
     * Touches nothing yet.
     *
     * @param path name of the first file, replaced if it exists; further ones get {@code -2}, {@code -3} before the ending
     * @param time CLOCK_MONOTONIC
     */
    public WavOpener(Path path, NanoClock time) {
        this.path = path;
        this.time = time;
    }

    @Override
    public AudioOutput open() throws AudioException {
        Path next = name(opened + 1);
        try {
            WavFile file = new WavFile(next, WavOutput.rate());
            opened++;
            return new WavOutput(next, file, time);
        } catch (IOException e) {
            throw new AudioException("The sound file '" + next + "' cannot be written (" + e.getMessage()
                    + "). Choose another audio file or free some disk space.");
        }
    }

    @Override
    public String describe() {
        return "WAV file '" + path + "'";
    }

    private Path name(int number) {
        if (number == 1) {
            return path;
        }
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        return path.resolveSibling(stem + "-" + number + ending);
    }
}
