package dev.entrain.audio.music;

import dev.entrain.audio.StreamResampler;
import dev.entrain.music.MusicException;
import dev.entrain.music.SoundReader;
import dev.entrain.music.SoundReaders;
import java.nio.file.Path;

/** One part of a song: its file, mixed down to one channel and put on the output's rate. For the reading thread. */
final class PartSource implements AutoCloseable, StreamResampler.Source<MusicException> {
    private static final int PIECE = 2048;
    /** The longest such while measured is 70 ms, of mp3; 1/s. */
    private static final int SETTLINGS_PER_S = 10;

    private static final int LEAST_HZ = 8_000;
    private static final int MOST_HZ = 192_000;
    private static final int MOST_CHANNELS = 8;

    private final SoundReader reader;
    private final int channels;
    private final StreamResampler resampler;
    private final float[] interleaved;

    private PartSource(SoundReader reader, int toHz) {
        this.reader = reader;
        channels = reader.channels();
        resampler = new StreamResampler(reader.rateHz(), toHz);
        interleaved = new float[PIECE * channels];
    }

    /**
     * Opens a part.
     *
     * @param toHz the output's rate
     * @param fromFrame the first frame read, at that rate
     */
    static PartSource open(SoundReaders readers, Path file, int toHz, long fromFrame) throws MusicException {
        SoundReader reader = readers.open(file);
        try {
            if (reader.rateHz() < LEAST_HZ
                    || reader.rateHz() > MOST_HZ
                    || reader.channels() < 1
                    || reader.channels() > MOST_CHANNELS) {
                throw new MusicException(file + " has " + reader.channels() + " channels at " + reader.rateHz()
                        + " Hz. Convert it to stereo at 48000 Hz, for example with ffmpeg.");
            }
            PartSource part = new PartSource(reader, toHz);
            long sourceFrame = part.resampler.seek(fromFrame);
            if (sourceFrame > 0) {
                part.seek(sourceFrame);
            }
            return part;
        } catch (MusicException e) {
            reader.close();
            throw e;
        }
    }

    /** Goes to a frame, from somewhat before it: after a jump some formats take a while to sound as they would have. */
    private void seek(long frame) throws MusicException {
        long from = Math.max(0, frame - reader.rateHz() / SETTLINGS_PER_S);
        reader.seek(from);
        long left = frame - from;
        while (left > 0) {
            int got = reader.read(interleaved, (int) Math.min(PIECE, left));
            if (got <= 0) {
                return;
            }
            left -= got;
        }
    }

    /** Reads the next frames; returns how many, fewer than asked for at the end. */
    int next(float[] mono, int frames) throws MusicException {
        return resampler.read(mono, frames, this);
    }

    @Override
    public int read(float[] mono, int frames) throws MusicException {
        int done = 0;
        while (done < frames) {
            int got = reader.read(interleaved, Math.min(PIECE, frames - done));
            if (got <= 0) {
                break;
            }
            for (int i = 0; i < got; i++) {
                float sum = 0;
                for (int channel = 0; channel < channels; channel++) {
                    sum += interleaved[i * channels + channel];
                }
                mono[done + i] = sum / channels;
            }
            done += got;
        }
        return done;
    }

    @Override
    public void close() {
        reader.close();
    }
}
