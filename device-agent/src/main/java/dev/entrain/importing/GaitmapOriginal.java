package dev.entrain.importing;

import dev.entrain.sample.Foot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The example data of the gaitmap package: a healthy walker against motion capture (initial contacts after Zeni et al.
 * 2008), stairs, and a walker with multiple sclerosis whose two sensors do not share a clock.
 */
final class GaitmapOriginal implements Original {
    private static final double HEALTHY_RATE_HZ = 204.8;
    private static final double MS_RATE_HZ = 102.4;
    private static final double MOCAP_RATE_HZ = 100;
    private static final String EVENTS = "stride_events_sample.csv";
    private static final String MOCAP = "mocap_sample.csv";

    @Override
    public About about() {
        return new About(
                "gaitmap",
                "gaitmap",
                "1 healthy walker at 204.8 Hz (level and stairs), 1 with multiple sclerosis at 102.4 Hz, lateral sensors",
                "https://github.com/mad-lab-fau/gaitmap, folder example_data",
                "MIT (repository mad-lab-fau/gaitmap)",
                "contacts and stride length from Vicon at 100 Hz (level walking only)",
                "imu_sample.csv, " + EVENTS + ", " + MOCAP
                        + ", imu_sample_ms_left.csv, imu_sample_ms_right.csv, imu_sample_healthy_stair_*.csv");
    }

    @Override
    public List<TrialSource> trials(Path source) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("imu_sample.csv", "healthy");
        files.put("imu_sample_ms_left.csv", "ms_L");
        files.put("imu_sample_ms_right.csv", "ms_R");
        files.put("imu_sample_healthy_stair_up.csv", "stair_up");
        files.put("imu_sample_healthy_stair_down.csv", "stair_down");
        List<TrialSource> trials = new ArrayList<>();
        for (Path file : SourceFiles.ending(source, ".csv")) {
            String name = files.get(SourceFiles.nameOf(file));
            if (name != null) {
                trials.add(TrialSource.of(name, () -> read(file, name)));
            }
        }
        return trials;
    }

    private static Trial read(Path file, String name) throws IOException {
        if (name.startsWith("ms_")) {
            Trial trial = new Trial(name, MS_RATE_HZ, false)
                    .fact("subject", "ms")
                    .fact("group", "multiple sclerosis")
                    .fact("truth", "none");
            readOneFoot(file, name.equals("ms_L") ? Foot.LEFT : Foot.RIGHT, trial);
            return trial;
        }
        Trial trial = new Trial(name, HEALTHY_RATE_HZ, false).fact("group", "healthy");
        readTwoFeet(file, trial);
        if (!name.equals("healthy")) {
            return trial.fact("subject", "stairs").fact("truth", "none");
        }
        trial.fact("subject", "5047")
                .fact("stride_reference", "mid-stance")
                .fact("truth", "Vicon 100 Hz, Zeni 2008; only strides inside the capture volume");
        readEvents(file.resolveSibling(EVENTS), file.resolveSibling(MOCAP), trial);
        return trial;
    }

    private static void readOneFoot(Path file, Foot foot, Trial trial) throws IOException {
        try (TextTable table = new TextTable(file, ',')) {
            List<String> columns = table.line();
            table.header(columns == null ? List.of() : columns);
            readRows(
                    table,
                    new int[][] {table.columns("acc_x", "acc_y", "acc_z")},
                    new int[][] {table.columns("gyr_x", "gyr_y", "gyr_z")},
                    List.of(foot),
                    trial);
        }
    }

    /** Two lines of columns: which sensor, which axis. */
    private static void readTwoFeet(Path file, Trial trial) throws IOException {
        try (TextTable table = new TextTable(file, ',')) {
            table.header(joinedColumns(table));
            String[] sides = {"left_sensor", "right_sensor"};
            int[][] acc = new int[2][];
            int[][] gyr = new int[2][];
            for (int foot = 0; foot < 2; foot++) {
                acc[foot] = table.columns(sides[foot] + " acc_x", sides[foot] + " acc_y", sides[foot] + " acc_z");
                gyr[foot] = table.columns(sides[foot] + " gyr_x", sides[foot] + " gyr_y", sides[foot] + " gyr_z");
            }
            readRows(table, acc, gyr, List.of(Foot.LEFT, Foot.RIGHT), trial);
        }
    }

    private static List<String> joinedColumns(TextTable table) throws IOException {
        List<String> upper = table.line();
        List<String> lower = table.line();
        if (upper == null || lower == null || upper.size() != lower.size()) {
            throw table.wrong("two lines of columns, sensor and axis; is this the file the dataset describes?");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < upper.size(); i++) {
            names.add((upper.get(i) + " " + lower.get(i)).strip());
        }
        return names;
    }

    private static void readRows(TextTable table, int[][] accColumns, int[][] gyrColumns, List<Foot> feet, Trial trial)
            throws IOException {
        double radians = Math.toRadians(1);
        double[] acc = new double[3];
        double[] gyr = new double[3];
        // The file's own index is a count in some files and seconds in others; the row counts in all of them.
        for (long row = 0; table.next(); row++) {
            for (int i = 0; i < feet.size(); i++) {
                if (table.vector(accColumns[i], 1, acc) && table.vector(gyrColumns[i], radians, gyr)) {
                    trial.add(feet.get(i), row, acc, gyr);
                }
            }
        }
    }

    private static void readEvents(Path events, Path mocap, Trial trial) throws IOException {
        List<double[]> heels = heels(mocap);
        Map<Character, TreeMap<Double, String>> seen = new LinkedHashMap<>();
        try (TextTable table = new TextTable(events, ',')) {
            List<String> columns = table.line();
            table.header(columns == null ? List.of() : columns);
            int foot = table.column("foot");
            int[] bounds = table.columns("start", "end");
            int[] contacts = table.columns("pre_ic", "tc", "ic");
            while (table.next()) {
                char letter = letter(table, foot);
                TreeMap<Double, String> times = seen.computeIfAbsent(letter, any -> new TreeMap<>());
                for (int i = 0; i < contacts.length; i++) {
                    times.put(table.number(contacts[i]), i == 1 ? "FC" : "IC");
                }
                double start = table.number(bounds[0]);
                double end = table.number(bounds[1]);
                double lengthM = lengthM(heels, letter, start, end);
                if (!Double.isNaN(lengthM)) {
                    trial.add(new Trial.Stride(letter, start / HEALTHY_RATE_HZ, end / HEALTHY_RATE_HZ, lengthM));
                }
            }
        }
        // A contact that ends one stride starts the next one and stands there again.
        seen.forEach((letter, times) -> times.forEach((sample, label) -> {
            if (!Double.isNaN(sample)) {
                trial.add(new Trial.Event(sample / HEALTHY_RATE_HZ, letter, label));
            }
        }));
    }

    private static char letter(TextTable table, int column) throws ImportException {
        return switch (table.text(column)) {
            case "left" -> 'L';
            case "right" -> 'R';
            default -> throw table.wrong("left or right under \"foot\", found \"" + table.text(column) + "\"");
        };
    }

    /** Positions of both heel markers per camera frame, mm: left x, y, z, right x, y, z. */
    private static List<double[]> heels(Path mocap) throws IOException {
        List<double[]> heels = new ArrayList<>();
        try (TextTable table = new TextTable(mocap, ',')) {
            table.header(joinedColumns(table));
            int[] columns = table.columns("L_FCC x", "L_FCC y", "L_FCC z", "R_FCC x", "R_FCC y", "R_FCC z");
            while (table.next()) {
                double[] heel = new double[columns.length];
                for (int i = 0; i < columns.length; i++) {
                    heel[i] = table.number(columns[i]);
                }
                heels.add(heel);
            }
        }
        return heels;
    }

    /** How far the heel came from one mid-stance to the next, or NaN outside the capture. */
    private static double lengthM(List<double[]> heels, char letter, double start, double end) {
        // The events were counted in camera frames once and rounded to the sensors' rate; rounding finds the frame.
        long from = Math.round(start * MOCAP_RATE_HZ / HEALTHY_RATE_HZ);
        long to = Math.round(end * MOCAP_RATE_HZ / HEALTHY_RATE_HZ);
        if (from < 0 || to >= heels.size()) {
            return Double.NaN;
        }
        int offset = letter == 'L' ? 0 : 3;
        double[] a = heels.get((int) from);
        double[] b = heels.get((int) to);
        return Math.hypot(b[offset] - a[offset], b[offset + 1] - a[offset + 1]) / 1000;
    }
}
