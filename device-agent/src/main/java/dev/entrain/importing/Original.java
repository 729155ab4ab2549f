package dev.entrain.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A public dataset in the layout its authors gave it. */
public interface Original {
    /** Returns what the dataset is, where it comes from and under which licence. */
    About about();

    /**
     * Finds the trials below a folder without reading them.
     *
     * @param source the downloaded and unpacked folder
     * @return the trials by name, in a fixed order; empty if the folder holds none
     * @throws IOException if the folder can't be listed
     */
    List<TrialSource> trials(Path source) throws IOException;

    /**
     * What a person should know before downloading.
     *
     * @param format name on the command line
     * @param dataset name of the set's folder and in reports
     * @param what who walks, with which sensors
     * @param where to download it
     * @param licence of the data; it binds whoever downloads it
     * @param truth what the reference events are
     * @param layout which files are read
     */
    record About(
            String format, String dataset, String what, String where, String licence, String truth, String layout) {}
}
