package dev.entrain.cuetest.peer;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * Hears the test card: it keeps every frame as it sounded and notes when its stream started, so the moment of each frame
 * is known exactly. The card's configuration takes the name of its files from the environment (deploy/cue-compare):
 * {@value #VARIABLE} and ".raw", stereo of 16 bit, and ".txt", lines "start NS FRAME".
 */
public final class CardEar implements Ear {
    /** Where the card keeps what a process plays, without the ending. */
    static final String VARIABLE = "ENTRAIN_CARD";

    private final Path folder;
    private final double rateHz;

    /**
     * Makes an ear.
     *
     * @param folder where the card keeps what it plays
     * @param rateHz its true rate, Hz of CLOCK_MONOTONIC
     */
    public CardEar(Path folder, double rateHz) {
        this.folder = folder;
        this.rateHz = rateHz;
    }

    @Override
    public Map<String, String> listen(String participant) throws IOException {
        for (Path old : files(participant)) {
            Files.delete(old);
            Files.deleteIfExists(log(old));
        }
        return Map.of(VARIABLE, folder.resolve(participant).toAbsolutePath().toString());
    }

    @Override
    public double[] heardNs(String participant) throws IOException {
        DoubleStream.Builder heard = DoubleStream.builder();
        for (Path frames : files(participant)) {
            NavigableStarts starts = new NavigableStarts(log(frames));
            for (double onset : SoundFile.raw(frames, 48_000, 2).onsets()) {
                heard.add(starts.timeNs(onset, rateHz));
            }
        }
        double[] all = heard.build().toArray();
        Arrays.sort(all);
        return all;
    }

    @Override
    public String describe() {
        return String.format(Locale.ROOT, "in the frames the test card played, at %.3f Hz", rateHz);
    }

    /** Returns the file of the participant, and those of the processes it started. */
    private Iterable<Path> files(String participant) throws IOException {
        TreeMap<Integer, Path> found = new TreeMap<>();
        Path own = folder.resolve(participant + ".raw");
        if (Files.exists(own)) {
            found.put(-1, own);
        }
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, participant + "-part*.raw")) {
            for (Path part : parts) {
                found.put(found.size(), part);
            }
        }
        return found.values();
    }

    private static Path log(Path frames) {
        String name = frames.getFileName().toString();
        return frames.resolveSibling(name.substring(0, name.length() - 4) + ".txt");
    }

    /** When the stream started, and at which frame of the file. */
    private static final class NavigableStarts {
        private final TreeMap<Long, Long> nsOfFrame = new TreeMap<>();
        private final Path log;

        NavigableStarts(Path log) throws IOException {
            this.log = log;
            for (String line : Files.readAllLines(log)) {
                String[] words = line.split(" ", -1);
                if (words.length >= 3 && (words[0].equals("start") || words[0].equals("moved"))) {
                    // A stream that ended before its first frame was heard leaves its start behind; the later one
                    // counts.
                    nsOfFrame.put(Long.parseLong(words[2]), Long.parseLong(words[1]));
                }
            }
        }

        double timeNs(double frame, double rateHz) throws IOException {
            // An onset lies up to one frame before the first one over the threshold.
            Map.Entry<Long, Long> start = nsOfFrame.floorEntry((long) Math.floor(frame) + 1);
            if (start == null) {
                throw new IOException(log + ": has no start before frame " + frame + "; use the test card as built by"
                        + " deploy/cue-compare");
            }
            return start.getValue() + (frame - start.getKey()) / rateHz * 1e9;
        }
    }
}
