package dev.entrain.journal.sqlite;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.tinylog.Logger;

/** Tells that the disk refuses: each reason once, and that it takes again; a log full of the same would hide all else. Not thread-safe. */
final class Refusal {
    private static final int MOST_REASONS = 16;

    private final Path file;
    private final Set<String> reasons = new HashSet<>();
    private boolean refusing;

    Refusal(Path file) {
        this.file = file;
    }

    /** Something failed for this reason. */
    void because(String reason) {
        if (reasons.size() < MOST_REASONS && reasons.add(reason)) {
            Logger.error("{}: {}", file, reason);
        }
    }

    /** A commit ended. */
    void committed(boolean done) {
        if (!done && !refusing) {
            Logger.warn("{}: nothing can be written at the moment. Records wait in memory; free some space.", file);
        } else if (done && refusing) {
            Logger.info("{}: written again.", file);
            reasons.clear();
        }
        refusing = !done;
    }
}
