package dev.entrain.importing;

import dev.entrain.sample.Foot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * People with Parkinson's disease who freeze (O'Day et al. 2022, J NeuroEngineering Rehabil 19:20): one workbook per
 * walk, six columns per sensor in the order ax, ay, az, gx, gy, gz, and a label per reading from video.
 */
final class StanfordOriginal implements Original {
    private static final double RATE_HZ = 128;
    private static final String WORKBOOK = ".xlsx";
    private static final int CHANNELS = 6;

    @Override
    public About about() {
        return new About(
                "stanford",
                "stanford_fog",
                "7 people with Parkinson's disease and freezing of gait, APDM sensors on both feet, 128 Hz",
                "https://github.com/stanfordnmbl/imu-fog-detection, folder data/raw/<set>/new_filenames",
                "BSD-3-Clause (repository stanfordnmbl/imu-fog-detection)",
                "freezing labelled from video, reading by reading",
                "pt<subject>_visit_<n>_tbc_walklr_<0 or 1>_trial_<n>.xlsx");
    }

    @Override
    public List<TrialSource> trials(Path source) throws IOException {
        List<TrialSource> trials = new ArrayList<>();
        for (Path file : SourceFiles.ending(source, WORKBOOK)) {
            String name = SourceFiles.nameOf(file);
            if (name.matches("pt\\d+_visit_.*")) {
                String trial = name.substring(0, name.length() - WORKBOOK.length());
                trials.add(TrialSource.of(trial, () -> read(file, trial)));
            }
        }
        return trials;
    }

    private static Trial read(Path file, String name) throws IOException {
        Trial trial = new Trial(name, RATE_HZ, false)
                .fact("subject", name.substring(0, name.indexOf('_')))
                .fact("group", "Parkinson's disease, freezing")
                .fact("truth", "freezing labelled from video");
        try (XlsxSheet sheet = new XlsxSheet(file)) {
            List<String> names = sheet.next();
            int[][] columns = {columns(sheet, names, "l", "left"), columns(sheet, names, "r", "right")};
            readRows(sheet, columns, labelColumn(sheet, names), trial);
        }
        return trial;
    }

    private static void readRows(XlsxSheet sheet, int[][] columns, int labelColumn, Trial trial) throws IOException {
        boolean freezing = false;
        long row = 0;
        for (List<String> cells = sheet.next(); cells != null; cells = sheet.next()) {
            for (int foot = 0; foot < Foot.COUNT; foot++) {
                double[] acc = new double[3];
                double[] gyr = new double[3];
                boolean complete = true;
                for (int axis = 0; axis < 3; axis++) {
                    // m/s2 with gravity and rad/s, as the authors say.
                    acc[axis] = sheet.number(cells, columns[foot][axis]);
                    gyr[axis] = sheet.number(cells, columns[foot][axis + 3]);
                    complete &= !Double.isNaN(acc[axis]) && !Double.isNaN(gyr[axis]);
                }
                if (complete) {
                    trial.add(Foot.of(foot), row, acc, gyr);
                }
            }
            boolean label = sheet.number(cells, labelColumn) == 1;
            if (label != freezing) {
                trial.add(new Trial.Event(row / RATE_HZ, '-', label ? "FOG_ON" : "FOG_OFF"));
                freezing = label;
            }
            row++;
        }
        if (freezing) {
            trial.add(new Trial.Event(row / RATE_HZ, '-', "FOG_OFF"));
        }
    }

    /** The six columns of one foot's sensor, whichever way its name is put together. */
    private static int[] columns(XlsxSheet sheet, @Nullable List<String> names, String letter, String word)
            throws ImportException {
        List<String> wanted = List.of("foot_" + letter, letter + "_foot", "foot_" + word, word + "_foot");
        int[] columns = new int[CHANNELS];
        int found = 0;
        for (int i = 0; names != null && i < names.size(); i++) {
            String name = names.get(i).toLowerCase(Locale.ROOT);
            if (wanted.stream().anyMatch(name::contains)) {
                if (found < CHANNELS) {
                    columns[found] = i;
                }
                found++;
            }
        }
        if (found != CHANNELS) {
            throw sheet.wrong("six columns of the " + word + " foot's sensor (names with \"foot_" + letter
                    + "\"), found " + found + "; is this the file the dataset describes?");
        }
        return columns;
    }

    private static int labelColumn(XlsxSheet sheet, @Nullable List<String> names) throws ImportException {
        int last = names == null ? -1 : names.size() - 1;
        String name = last < 0 || names == null ? "" : names.get(last).toLowerCase(Locale.ROOT);
        if (!name.contains("freez") && !name.contains("fog")) {
            throw sheet.wrong("the label of freezing in the last column, found \"" + name + "\"");
        }
        return last;
    }
}
