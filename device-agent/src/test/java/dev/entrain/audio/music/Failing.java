package dev.entrain.audio.music;

import dev.entrain.music.MusicException;
import dev.entrain.music.SoundReader;

/** A file that can't be read any further from a frame on. */
class Failing implements SoundReader {
    private final SoundReader inner;
    private final long frame;
    private long at;

    Failing(SoundReader inner, long frame) {
        this.inner = inner;
        this.frame = frame;
    }

    @Override
    public int rateHz() {
        return inner.rateHz();
    }

    @Override
    public int channels() {
        return inner.channels();
    }

    @Override
    public long frames() {
        return inner.frames();
    }

    @Override
    public int read(float[] interleaved, int frames) throws MusicException {
        if (at > frame) {
            fail();
        }
        at += frames;
        return inner.read(interleaved, frames);
    }

    void fail() throws MusicException {
        throw new MusicException("song 0 can't be read any further: input/output error");
    }

    @Override
    public void seek(long to) throws MusicException {
        at = to;
        inner.seek(to);
    }

    @Override
    public void close() {
        inner.close();
    }
}
