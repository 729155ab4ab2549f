package dev.entrain.music;

/** A sound file being read. For one thread at a time. */
public interface SoundReader extends AutoCloseable {
    /** Frames per second, Hz. */
    int rateHz();

    /** Samples of a frame, 1 or more. */
    int channels();

    /** Length as the file says it, frames; a damaged file may end before. */
    long frames();

    /**
     * Reads the next frames.
     *
     * @param interleaved where they go, from index 0, at least {@code frames x channels} long; full scale is 1
     * @param frames how many at most
     * @return how many were read; 0 at the end, also where a damaged file cannot be read any further
     * @throws MusicException if the file was closed
     */
    int read(float[] interleaved, int frames) throws MusicException;

    /**
     * Makes {@code frame} the next to be read. The place is exact; an mp3 or ogg file may need some 70 ms from there until it
     * sounds as it would have without the jump.
     *
     * @param frame from 0 to {@link #frames()}
     * @throws MusicException if the file cannot go there
     */
    void seek(long frame) throws MusicException;

    @Override
    void close();
}
