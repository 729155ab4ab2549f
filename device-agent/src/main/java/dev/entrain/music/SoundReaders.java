package dev.entrain.music;

import java.nio.file.Path;

/** Opens sound files. Thread-safe. */
@FunctionalInterface
public interface SoundReaders {
    /**
     * Opens a file at its first frame.
     *
     * @throws MusicException if it is no sound this unit reads, saying what it is and what helps
     */
    SoundReader open(Path file) throws MusicException;
}
