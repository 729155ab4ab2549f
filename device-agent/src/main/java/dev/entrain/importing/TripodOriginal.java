package dev.entrain.importing;

import dev.entrain.sample.Foot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * TRIPOD: healthy young walkers on a treadmill at three speeds (Trautmann et al. 2021, Data 6:95). GaitUp Physilog
 * sensors on the feet, contacts from OptoGait's light barriers. The two instruments do not share a clock; {@link
 * ClockMatch} puts the contacts on the sensors' time.
 */
final class TripodOriginal implements Original {
    private static final double G_MPS2 = 9.80665;

    @Override
    public About about() {
        return new About(
                "tripod",
                "tripod",
                "15 healthy young walkers on a treadmill at three speeds, Physilog sensors on both feet, 128 Hz",
                "https://doi.org/10.5281/zenodo.5070771 (on request); an excerpt is in https://github.com/HPI-CH/TRIPOD",
                "data: for scientific use, by the agreement that comes with it; excerpt: MIT (repository HPI-CH/TRIPOD)",
                "initial and final contacts and stride length from OptoGait, on a clock of its own",
                "<set>/Sub_<XX>/<PWS, PWS+20 or PWS-20>/IMU/LF.csv, RF.csv and OptoGait/optogait.csv");
    }

    @Override
    public List<TrialSource> trials(Path source) throws IOException {
        List<TrialSource> trials = new ArrayList<>();
        for (Path left : SourceFiles.ending(source, "LF.csv")) {
            Path imu = left.toAbsolutePath().normalize().getParent();
            Path walk = imu == null ? null : imu.getParent();
            Path subject = walk == null ? null : walk.getParent();
            if (imu != null && walk != null && subject != null && imu.endsWith("IMU")) {
                String who = SourceFiles.nameOf(subject).replaceFirst("^Sub_", "");
                String name = who + "_" + SourceFiles.nameOf(walk);
                trials.add(TrialSource.of(name, () -> read(walk, who, name)));
            }
        }
        return trials;
    }

    private static Trial read(Path walk, String who, String name) throws IOException {
        Path imu = walk.resolve("IMU");
        Trial trial = new Trial(name, rate(imu.resolve("LF.csv")), false)
                .fact("subject", who)
                .fact("group", "healthy, treadmill " + SourceFiles.nameOf(walk))
                .fact("clock", "fit")
                .fact("stride_reference", "IC")
                .fact("truth", "OptoGait light barriers; clock matched to the sensors");
        readFoot(imu.resolve("LF.csv"), Foot.LEFT, trial);
        readFoot(imu.resolve("RF.csv"), Foot.RIGHT, trial);
        addContacts(walk.resolve("OptoGait").resolve("optogait.csv"), trial);
        return trial;
    }

    /** Reads the rate from the line that says {@code Gyro [128 hz]}. */
    private static double rate(Path file) throws IOException {
        try (TextTable table = new TextTable(file, ',')) {
            for (List<String> row = table.line(); row != null; row = table.line()) {
                for (String cell : row) {
                    if (cell.startsWith("Gyro [") && cell.endsWith("hz]")) {
                        try {
                            return Double.parseDouble(
                                    cell.substring(6, cell.length() - 3).strip());
                        } catch (NumberFormatException e) {
                            throw table.wrong("\"Gyro [128 hz]\", found \"" + cell + "\"");
                        }
                    }
                }
            }
            throw table.wrong("a line with \"Gyro [128 hz]\" before the end; is this a Physilog export?");
        }
    }

    private static void readFoot(Path file, Foot foot, Trial trial) throws IOException {
        try (TextTable table = new TextTable(file, ',')) {
            table.headerStarting("Time", "Gyro X");
            int time = table.column("Time");
            int[] accColumns = table.columns("Accel X", "Accel Y", "Accel Z");
            int[] gyrColumns = table.columns("Gyro X", "Gyro Y", "Gyro Z");
            boolean units = table.next();
            if (!units
                    || !table.text(time).equals("[s]")
                    || !table.text(gyrColumns[0]).equals("[deg/s]")
                    || !table.text(accColumns[0]).equals("[g]")) {
                throw table.wrong("the units [s], [deg/s] and [g] under the columns; is this a Physilog export?");
            }
            double[] acc = new double[3];
            double[] gyr = new double[3];
            while (table.next()) {
                double timeS = table.number(time);
                if (table.vector(accColumns, G_MPS2, acc)
                        && table.vector(gyrColumns, Math.toRadians(1), gyr)
                        && !Double.isNaN(timeS)) {
                    // Times are rounded to 10 us and a lost reading leaves a hole in them.
                    trial.add(foot, Math.round(timeS * trial.rateHz()), acc, gyr);
                }
            }
        }
    }

    private static void addContacts(Path file, Trial trial) throws IOException {
        List<double[]> contacts = new ArrayList<>();
        List<Character> feet = new ArrayList<>();
        try (TextTable table = new TextTable(file, ',')) {
            List<String> columns = table.line();
            table.header(columns == null ? List.of() : columns);
            int side = table.column("L/R");
            int[] numbers = table.columns("Split", "TStance", "Stride", "StrideTime\\Cycle");
            while (table.next()) {
                String letter = table.text(side);
                if (letter.equals("L") || letter.equals("R")) {
                    double[] row = new double[numbers.length];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = table.number(numbers[i]);
                    }
                    contacts.add(row);
                    feet.add(letter.charAt(0));
                }
            }
        }
        ClockMatch match = new ClockMatch(trial.samples(), trial.rateHz());
        for (int i = 0; i < contacts.size(); i++) {
            match.addContact(contacts.get(i)[0], feet.get(i));
        }
        double offsetS = match.offsetS();
        for (int i = 0; i < contacts.size(); i++) {
            add(contacts.get(i), feet.get(i), offsetS, trial);
        }
    }

    private static void add(double[] contact, char foot, double offsetS, Trial trial) {
        double timeS = contact[0] + offsetS;
        if (Double.isNaN(timeS)) {
            return;
        }
        trial.add(new Trial.Event(timeS, foot, "IC"));
        if (!Double.isNaN(contact[1])) {
            trial.add(new Trial.Event(timeS + contact[1], foot, "FC"));
        }
        // A row's stride ends with its contact; the walker's first row of each foot has none, and its length is void.
        if (!Double.isNaN(contact[2]) && !Double.isNaN(contact[3])) {
            trial.add(new Trial.Stride(foot, timeS - contact[3], timeS, contact[2] / 100));
        }
    }
}
