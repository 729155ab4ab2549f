package dev.entrain.importing;

import java.io.IOException;

/** One trial of an original, not read yet. */
public interface TrialSource {
    /** Returns the trial's name, which becomes its folder: no separators. */
    String name();

    /**
     * Reads the trial.
     *
     * @throws ImportException if a file is missing or damaged; the message says which, where and what to do
     * @throws IOException if the disk fails
     */
    Trial read() throws IOException;

    /** How a trial is read. */
    @FunctionalInterface
    interface Reader {
        /** As {@link TrialSource#read()}. */
        Trial read() throws IOException;
    }

    /** Makes a source of a name and the way to read it. */
    static TrialSource of(String name, Reader reader) {
        return new TrialSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Trial read() throws IOException {
                return reader.read();
            }
        };
    }
}
