package dev.entrain.music.library;

import dev.entrain.music.BeatGrid;
import dev.entrain.music.MusicException;
import dev.entrain.music.PlainText;
import dev.entrain.music.SoundReader;
import dev.entrain.music.beat.BeatTracker;
import dev.entrain.music.decode.MixedReader;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.loudness.LoudnessMeter;
import dev.entrain.music.loudness.LoudnessMeters;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Listens to a song once, from its first frame to its last, in constant memory but for its beats. Used by one thread. */
public final class SongScan {
    /** Longer than any song, a book or a damaged length; the beat tracker then takes some 200 MB. */
    static final double MOST_S = 5400;

    /** Two parts of one song may differ by this, s: encoders fill up their last block. */
    private static final double PARTS_APART_S = 0.5;

    private static final int BLOCK_FRAMES = 16_384;

    private final SndFileReaders readers;
    private final LoudnessMeters meters;

    /**
     * What was heard.
     *
     * @param title from the tags, else the file's name
     * @param artist from the tags; may be empty
     * @param durationS of what could be read
     * @param note what is odd about the file, a sentence; empty for a good one
     */
    public record Heard(
            String title,
            String artist,
            double durationS,
            double lufs,
            double truePeakDb,
            BeatGrid beats,
            String note) {}

    /** Listens with these. */
    public SongScan(SndFileReaders readers, LoudnessMeters meters) {
        this.readers = readers;
        this.meters = meters;
    }

    /**
     * Listens to a song.
     *
     * @return empty if {@code progress} asked to stop
     * @throws MusicException if it can't be read, or is no song
     */
    public Optional<Heard> hear(SongSource source, Progress progress) throws MusicException {
        SndFileReaders.Tags tags = tags(source);
        checkParts(source);
        try (SoundReader reader = MixedReader.open(readers, source.files());
                LoudnessMeter meter = meters.open(reader.rateHz(), reader.channels())) {
            double saidS = (double) reader.frames() / reader.rateHz();
            if (saidS > MOST_S) {
                throw new MusicException(source.place() + ": is " + clock(saidS) + " long, songs are at most "
                        + clock(MOST_S) + "; cut it into songs first");
            }
            BeatTracker tracker = new BeatTracker(reader.rateHz());
            long frames = listen(reader, meter, tracker, progress);
            if (frames < 0) {
                return Optional.empty();
            }
            if (frames == 0) {
                throw new MusicException(source.place()
                        + ": nothing of it can be read; it is damaged, copy it again from where it came from");
            }
            double durationS = (double) frames / reader.rateHz();
            return Optional.of(new Heard(
                    title(tags, source),
                    tags.artist(),
                    durationS,
                    meter.lufs(),
                    meter.truePeakDb(),
                    SteadyPart.of(tracker.finish()),
                    note(saidS, durationS)));
        }
    }

    /** A name that is nothing but blanks and what is not shown would be no name. */
    private static String title(SndFileReaders.Tags tags, SongSource source) {
        String tagged = PlainText.of(tags.title(), PlainText.MOST_NAME);
        String named = PlainText.of(source.name(), PlainText.MOST_NAME);
        return !tagged.isEmpty() ? tagged : named.isEmpty() ? "Untitled" : named;
    }

    /** The title of parts is what all of them say: many programs name each part after itself. */
    private SndFileReaders.Tags tags(SongSource source) throws MusicException {
        SndFileReaders.Tags first = readers.tags(source.files().getFirst());
        for (Path file : source.files()) {
            if (!readers.tags(file).equals(first)) {
                return new SndFileReaders.Tags("", "");
            }
        }
        return first;
    }

    /** Parts of different lengths are not one song. */
    private void checkParts(SongSource source) throws MusicException {
        double firstS = -1;
        for (int i = 0; i < source.files().size() && source.files().size() > 1; i++) {
            try (SoundReader part = readers.open(source.files().get(i))) {
                double partS = (double) part.frames() / part.rateHz();
                if (firstS >= 0 && Math.abs(partS - firstS) > PARTS_APART_S) {
                    throw new MusicException(
                            source.files().get(i) + ": " + clock(partS) + " long, but the first part is "
                                    + clock(firstS) + "; all parts of a song must be of the same length");
                }
                firstS = firstS < 0 ? partS : firstS;
            }
        }
    }

    /** Returns how many frames there were; -1 if stopped. */
    private static long listen(SoundReader reader, LoudnessMeter meter, BeatTracker tracker, Progress progress)
            throws MusicException {
        int channels = reader.channels();
        long most = (long) (MOST_S * reader.rateHz());
        float[] block = new float[BLOCK_FRAMES * channels];
        float[] mono = new float[BLOCK_FRAMES];
        long frames = 0;
        while (frames < most) { // Ends: each turn reads a frame at least, or is the last.
            int got = reader.read(block, BLOCK_FRAMES);
            if (got == 0) {
                break;
            }
            meter.add(block, got);
            mixDown(block, channels, mono, got);
            tracker.feed(mono, got);
            frames += got;
            if (!progress.reached(Math.min(1, (double) frames / Math.max(1, reader.frames())))) {
                return -1;
            }
        }
        return frames;
    }

    private static void mixDown(float[] block, int channels, float[] mono, int frames) {
        for (int frame = 0; frame < frames; frame++) {
            float sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += block[frame * channels + channel];
            }
            mono[frame] = sum / channels;
        }
    }

    /** Some encoders fill up their last block, and some headers count a little less or more. */
    private static String note(double saidS, double durationS) {
        return durationS < saidS - Math.max(1, 0.01 * saidS)
                ? "the file is damaged or cut off: only the first " + clock(durationS) + " of " + clock(saidS)
                        + " can be read"
                : "";
    }

    /** Writes a length of time as minutes and seconds, or hours too. */
    static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d h", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
