package dev.entrain.validation;

import dev.entrain.audio.AudioConfig;
import dev.entrain.cue.CueConfig;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.replay.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replays and scores a recording set, one data set at a time, so that memory holds one data set: 8 bytes for each phase
 * that is compared, and its events.
 */
public final class Validation {
    private final Path set;
    private final Path results;
    private final boolean replay;
    private final Findings findings;

    /** Receives data sets. */
    public interface Sink {
        /**
         * Called when a data set is scored.
         *
         * @throws IOException if a report of it can't be written
         */
        void scored(DatasetScore score) throws IOException;
    }

    /**
     * Prepares a validation.
     *
     * @param set folder of DATASET/TRIAL/ folders
     * @param results folder of DATASET/TRIAL/ results
     * @param replay whether to write the results first, or to use what is there
     * @param findings receives what is wrong with the set
     */
    public Validation(Path set, Path results, boolean replay, Findings findings) {
        this.set = set;
        this.results = results;
        this.replay = replay;
        this.findings = findings;
    }

    /**
     * Scores everything.
     *
     * @param sink receives each data set when it is scored; it should not keep it
     * @throws ValidationException if the folder holds nothing to score
     * @throws IOException if the disk fails
     */
    public void run(Sink sink) throws IOException {
        Map<String, List<RecordingSet.Entry>> datasets = new RecordingSet(set, findings).datasets();
        for (Map.Entry<String, List<RecordingSet.Entry>> dataset : datasets.entrySet()) {
            List<Trial> trials = new ArrayList<>();
            for (RecordingSet.Entry entry : dataset.getValue()) {
                Trial trial = load(entry);
                if (trial != null) {
                    trials.add(trial);
                }
            }
            if (!trials.isEmpty()) {
                sink.scored(new DatasetScore(dataset.getKey(), trials));
            }
        }
    }

    private @Nullable Trial load(RecordingSet.Entry entry) throws IOException {
        TrialFacts facts = entry.facts();
        Path folder = results.resolve(facts.dataset()).resolve(facts.trial());
        try {
            if (replay) {
                new Replay(PairTracker::new, CueConfig.DEFAULT, AudioConfig.DEFAULT)
                        .run(entry.folder().resolve("recording.csv"), folder, null);
            }
            Trial trial = new Trial(entry.folder(), folder, facts, findings);
            trial.check();
            return trial;
        } catch (IOException e) {
            findings.leaveOut(RecordingSet.explain(e));
            return null;
        }
    }
}
