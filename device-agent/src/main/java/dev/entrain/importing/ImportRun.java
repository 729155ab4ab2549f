package dev.entrain.importing;

import dev.entrain.sample.ImuSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Imports all trials of an original. A damaged one is told and left out; the others are imported. */
public final class ImportRun {
    private final Original original;
    private final Path out;

    /**
     * Makes one.
     *
     * @param original what to read
     * @param out folder of the set to write
     */
    public ImportRun(Original original, Path out) {
        this.original = original;
        this.out = out;
    }

    /** Hears of each trial, one sentence each. */
    public interface Listener {
        /** A trial is written. */
        void onTrial(String sentence);

        /** A trial could not be read and was left out. */
        void onDamage(String sentence);
    }

    /**
     * What came of it.
     *
     * @param imported trials written
     * @param damaged trials left out
     */
    public record Summary(int imported, int damaged) {}

    /**
     * Imports.
     *
     * @param source the downloaded and unpacked folder
     * @param listener hears of each trial
     * @throws ImportException if the folder holds no trial of this original
     * @throws IOException if the folder can't be listed
     */
    public Summary run(Path source, Listener listener) throws IOException {
        List<TrialSource> trials = original.trials(source);
        if (trials.isEmpty()) {
            throw new ImportException(source + ": no trial in this folder or below; expected "
                    + original.about().layout() + ". Download: "
                    + original.about().where());
        }
        TrialWriter writer = new TrialWriter(out, original.about().dataset());
        Set<String> names = new HashSet<>();
        int imported = 0;
        int damaged = 0;
        for (TrialSource trialSource : trials) {
            try {
                if (!names.add(trialSource.name())) {
                    throw new ImportException(
                            "a second trial of this name below " + source + "; name one of its folders");
                }
                Trial trial = trialSource.read();
                Path folder = writer.write(trial);
                listener.onTrial(sentence(trial, folder));
                imported++;
            } catch (IOException e) {
                listener.onDamage(trialSource.name() + ": left out: " + e.getMessage());
                damaged++;
            }
        }
        return new Summary(imported, damaged);
    }

    private static String sentence(Trial trial, Path folder) {
        List<ImuSample> samples = trial.samples();
        double lengthS = (samples.getLast().timeNs - samples.getFirst().timeNs) * 1e-9;
        return String.format(
                Locale.ROOT,
                "%s: %.1f s, %d readings, %d events, %d strides -> %s",
                trial.name(),
                lengthS,
                samples.size(),
                trial.events().size(),
                trial.strides().size(),
                folder);
    }
}
