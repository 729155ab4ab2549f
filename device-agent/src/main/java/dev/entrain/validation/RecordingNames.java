package dev.entrain.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Under which names a score looks for a recording's results. */
public final class RecordingNames {
    private RecordingNames() {}

    /**
     * Returns DATASET/TRIAL as a truth.json says; null where it can't be read or says nothing usable.
     *
     * @throws IOException if the file is there and can't be read
     */
    public static @Nullable Path results(Path truthJson) throws IOException {
        if (!Files.isRegularFile(truthJson)) {
            return null;
        }
        try {
            TrialFacts facts = TrialFacts.read(truthJson, new Findings(warning -> {}));
            return Path.of(facts.dataset(), facts.trial());
        } catch (ValidationException e) {
            return null; // replaying needs no reference; validate tells what is wrong with it
        }
    }
}
