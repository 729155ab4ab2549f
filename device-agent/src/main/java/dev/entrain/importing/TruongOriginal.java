package dev.entrain.importing;

import dev.entrain.sample.Foot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Healthy, orthopaedic and neurological walkers with two brands of sensor (Truong et al., IPOL 2019, article 265). The
 * accelerations hold no gravity; angular rates are in deg/s.
 */
final class TruongOriginal implements Original {
    private static final double RATE_HZ = 100;
    private static final String TABLE = ".csv";

    @Override
    public About about() {
        return new About(
                "truong",
                "truong2019",
                "230 healthy, orthopaedic and neurological walkers, 1020 trials with a u-turn, 100 Hz, two sensor brands",
                "https://doi.org/10.5201/ipol.2019.265 (GaitData.zip), linked from https://github.com/deepcharles/gait-data",
                "CC BY-NC-SA",
                "footsteps annotated by hand, from heel off to foot flat (neither final nor initial contact)",
                "GaitData/<subject>-<trial>.csv and .json");
    }

    @Override
    public List<TrialSource> trials(Path source) throws IOException {
        List<TrialSource> trials = new ArrayList<>();
        for (Path table : SourceFiles.ending(source, TABLE)) {
            String file = SourceFiles.nameOf(table);
            String name = file.substring(0, file.length() - TABLE.length());
            if (name.matches("\\d+-\\d+")) {
                trials.add(TrialSource.of(name, () -> read(table, name)));
            }
        }
        return trials;
    }

    private static Trial read(Path file, String name) throws IOException {
        JsonFile meta = new JsonFile(file.resolveSibling(name + ".json"));
        String group = meta.text("PathologyGroup").toLowerCase(Locale.ROOT);
        Trial trial = new Trial(name, RATE_HZ, true)
                .fact("subject", meta.text("Subject"))
                .fact("group", meta.has("Sensor") ? group + " " + meta.text("Sensor") : group)
                .fact("truth", "hand-annotated foot movement HEEL_OFF..FOOT_FLAT (neither FC nor IC)");
        if (meta.has("WalkingSpeed")) {
            // As the authors give it: km/h over one way, of the whole trial's time. Not scored.
            trial.fact("walking_speed_kmph", meta.text("WalkingSpeed"));
        }
        try (TextTable table = new TextTable(file, ',')) {
            List<String> columns = table.line();
            table.header(columns == null ? List.of() : columns);
            readFeet(table, trial);
        }
        addSteps(meta.pairs("LeftFootActivity"), 'L', trial);
        addSteps(meta.pairs("RightFootActivity"), 'R', trial);
        return trial;
    }

    private static void readFeet(TextTable table, Trial trial) throws IOException {
        int[][] accColumns = {table.columns("LAX", "LAY", "LAZ"), table.columns("RAX", "RAY", "RAZ")};
        int[][] gyrColumns = {table.columns("LRX", "LRY", "LRZ"), table.columns("RRX", "RRY", "RRZ")};
        double radians = Math.toRadians(1);
        double[] acc = new double[3];
        double[] gyr = new double[3];
        for (long row = 0; table.next(); row++) {
            for (int foot = 0; foot < Foot.COUNT; foot++) {
                if (table.vector(accColumns[foot], 1, acc) && table.vector(gyrColumns[foot], radians, gyr)) {
                    trial.add(Foot.of(foot), row, acc, gyr);
                }
            }
        }
    }

    private static void addSteps(List<long[]> steps, char foot, Trial trial) {
        for (long[] step : steps) {
            trial.add(new Trial.Event(step[0] / RATE_HZ, foot, "HEEL_OFF"));
            trial.add(new Trial.Event(step[1] / RATE_HZ, foot, "FOOT_FLAT"));
        }
    }
}
