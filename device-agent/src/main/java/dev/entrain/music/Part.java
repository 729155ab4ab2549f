package dev.entrain.music;

import java.nio.file.Path;

/**
 * One voice of a song that came in parts: all parts are of the same length and sound together.
 *
 * @param name drums, bass, melody: the file's name without its ending
 * @param file its sound
 */
public record Part(String name, Path file) {}
