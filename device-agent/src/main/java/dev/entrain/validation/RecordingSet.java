package dev.entrain.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the recordings of a set: SET/DATASET/TRIAL/truth.json with recording.csv beside it. */
final class RecordingSet {
    private final Map<String, List<Entry>> datasets = new LinkedHashMap<>();

    /** One recording: its folder and what truth.json says. */
    record Entry(Path folder, TrialFacts facts) {}

    /**
     * Lists a set; a recording whose truth.json can't be used is left out and told.
     *
     * @throws ValidationException if there is no recording to score; the message says where to look instead
     * @throws IOException if a folder can't be read
     */
    RecordingSet(Path set, Findings findings) throws IOException {
        if (!Files.isDirectory(set)) {
            throw new ValidationException(set + (Files.exists(set) ? ": is a file" : ": no such folder")
                    + "; name the folder that holds DATASET/TRIAL/recording.csv");
        }
        int found = 0;
        for (Path folder : trialFolders(set)) {
            Path truth = folder.resolve("truth.json");
            if (Files.isRegularFile(truth)) {
                found++;
                add(folder, truth, findings);
            } else if (Files.isRegularFile(folder.resolve("recording.csv"))) {
                findings.warn(folder + ": no truth.json, so not scored; VALIDATION.md says what to write into it");
            }
        }
        if (found == 0) {
            throw new ValidationException(explainNothing(set));
        }
    }

    /** Recordings by data set, in the order of the folders' names. */
    Map<String, List<Entry>> datasets() {
        return datasets;
    }

    private void add(Path folder, Path truth, Findings findings) {
        try {
            TrialFacts facts = TrialFacts.read(truth, findings);
            List<Entry> dataset = datasets.computeIfAbsent(facts.dataset(), name -> new ArrayList<>());
            if (dataset.stream().anyMatch(entry -> entry.facts().trial().equals(facts.trial()))) {
                throw new ValidationException(truth + ": a second recording called " + facts.dataset() + "/"
                        + facts.trial() + ", whose results would be the same files; give it another \"trial\"");
            }
            dataset.add(new Entry(folder, facts));
        } catch (IOException e) {
            findings.leaveOut(explain(e));
        }
    }

    static String explain(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static List<Path> trialFolders(Path set) throws IOException {
        List<Path> trials = new ArrayList<>();
        for (Path dataset : folders(set)) {
            trials.addAll(folders(dataset));
        }
        // The order of the full names, so that "walk-2" stands before "walk" as other tools have it.
        trials.sort(Comparator.comparing(folder -> folder.resolve("truth.json").toString()));
        return trials;
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .filter(folder -> !String.valueOf(folder.getFileName()).startsWith("."))
                    .toList();
        }
    }

    private static String explainNothing(Path set) throws IOException {
        Path full = set.toAbsolutePath().normalize();
        if (Files.isRegularFile(set.resolve("recording.csv"))) {
            Path above = full.getParent() == null ? null : full.getParent().getParent();
            return set + ": is one recording; name the folder two levels up" + (above == null ? "" : ", " + above);
        }
        for (Path folder : folders(set)) {
            if (Files.isRegularFile(folder.resolve("truth.json"))) {
                return set + ": is one data set; name the folder above it, " + full.getParent();
            }
        }
        return set + ": no DATASET/TRIAL/truth.json below; nothing to score (entrain import and entrain simulate make"
                + " such folders)";
    }
}
