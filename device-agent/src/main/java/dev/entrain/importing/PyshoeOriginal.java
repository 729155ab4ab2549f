package dev.entrain.importing;

import dev.entrain.sample.Foot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A shoe-mounted sensor against motion capture: walking, running, short steps (Wagstaff, Peretroukhin, Kelly 2019,
 * repository utiasSTARS/pyshoe). The files hold where the foot was, not when it stood; {@link #addStances} tells how the
 * stances come from that.
 */
final class PyshoeOriginal implements Original {
    private static final double RATE_HZ = 200;
    private static final String MATLAB = ".mat";

    /** The foot swings while it moves faster than this, m/s: a stance drifts by some mm/s, the slowest swing peaks above 1. */
    private static final double SWING_MPS = 0.5;

    /** Speeds are taken over this many readings to each side: 25 ms, so that a millimetre of jitter is 0.02 m/s. */
    private static final int REACH = 5;

    /** A swing that pauses for fewer readings than this goes on; one that is shorter was none. */
    private static final int SHORTEST = 12;

    /** Before the first swing and after the last the foot may stand for long; a stance is sought this near, readings. */
    private static final int NEAR = 120;

    @Override
    public About about() {
        return new About(
                "pyshoe",
                "pyshoe",
                "shoe-mounted VectorNav at 200 Hz, one foot: walking, running, short steps in a 3 m capture volume",
                "https://github.com/utiasSTARS/pyshoe (download_data.sh), folder data/vicon/processed",
                "MIT (repository utiasSTARS/pyshoe)",
                "one stance per stride and stride length, from Vicon's position of the foot",
                "data/vicon/processed/<date>.mat with imu, ts and gt");
    }

    @Override
    public List<TrialSource> trials(Path source) throws IOException {
        List<TrialSource> trials = new ArrayList<>();
        for (Path file : SourceFiles.ending(source, MATLAB)) {
            String name = SourceFiles.nameOf(file);
            if (name.matches("\\d{4}-\\d\\d-\\d\\d-[-0-9]+\\.mat")) {
                String trial = name.substring(0, name.length() - MATLAB.length());
                trials.add(TrialSource.of(trial, () -> read(file, trial)));
            }
        }
        return trials;
    }

    private static Trial read(Path file, String name) throws IOException {
        MatFile mat = new MatFile(file);
        MatFile.Matrix imu = mat.matrix("imu");
        MatFile.Matrix times = mat.matrix("ts");
        MatFile.Matrix positions = mat.matrix("gt");
        if (imu.columns() != 6 || times.vector().length != imu.rows() || positions.columns() != 3) {
            throw new ImportException(
                    file + ": expected imu with 6 columns, gt with 3 and one time in ts for each row of imu, found "
                            + imu.rows() + " x " + imu.columns() + ", " + positions.columns() + " and "
                            + times.vector().length);
        }
        Trial trial = new Trial(name, RATE_HZ, false)
                .fact("subject", "pyshoe")
                .fact("group", "shoe")
                .fact("stride_reference", "mid-stance")
                .fact("truth", "STANCE: one per stride, exactly one IC between two");
        for (int row = 0; row < imu.rows(); row++) {
            // m/s2 with gravity and rad/s. The sensor's own times; the files tell of no lost reading.
            double[] acc = {imu.at(row, 0), imu.at(row, 1), imu.at(row, 2)};
            double[] gyr = {imu.at(row, 3), imu.at(row, 4), imu.at(row, 5)};
            trial.add(Foot.RIGHT, row, times.vector()[row], acc, gyr);
        }
        if (positions.rows() == imu.rows()) {
            addStances(times.vector(), positions, trial);
        }
        return trial;
    }

    /**
     * Adds a stance before, between and after the swings: the moment at which the foot moved least, and how far it came
     * from one to the next along the floor.
     */
    static void addStances(double[] timesS, MatFile.Matrix positions, Trial trial) {
        double[] speeds = speeds(timesS, positions);
        List<int[]> swings = swings(speeds);
        int last = -1;
        for (int i = 0; i <= swings.size() && !swings.isEmpty(); i++) {
            int from = i == 0 ? Math.max(REACH, swings.getFirst()[0] - NEAR) : swings.get(i - 1)[1];
            int to = i == swings.size() ? Math.min(speeds.length - REACH, from + NEAR) : swings.get(i)[0];
            int stance = slowest(speeds, from, to);
            if (stance < 0) {
                continue;
            }
            trial.add(new Trial.Event(timesS[stance], 'R', "STANCE"));
            if (last >= 0) {
                double lengthM = Math.hypot(
                        positions.at(stance, 0) - positions.at(last, 0),
                        positions.at(stance, 1) - positions.at(last, 1));
                trial.add(new Trial.Stride('R', timesS[last], timesS[stance], lengthM));
            }
            last = stance;
        }
    }

    private static double[] speeds(double[] timesS, MatFile.Matrix positions) {
        double[] speeds = new double[timesS.length];
        for (int i = REACH; i < speeds.length - REACH; i++) {
            double squares = 0;
            for (int axis = 0; axis < 3; axis++) {
                double moved = positions.at(i + REACH, axis) - positions.at(i - REACH, axis);
                squares += moved * moved;
            }
            speeds[i] = Math.sqrt(squares) / (timesS[i + REACH] - timesS[i - REACH]);
        }
        return speeds;
    }

    /** Half-open stretches of fast readings, short pauses closed, short stretches left out. */
    private static List<int[]> swings(double[] speeds) {
        List<int[]> swings = new ArrayList<>();
        for (int i = 0; i < speeds.length; i++) {
            if (speeds[i] > SWING_MPS) {
                if (swings.isEmpty() || i - swings.getLast()[1] >= SHORTEST) {
                    swings.add(new int[] {i, i});
                }
                swings.getLast()[1] = i + 1;
            }
        }
        swings.removeIf(swing -> swing[1] - swing[0] < SHORTEST);
        return swings;
    }

    private static int slowest(double[] speeds, int from, int to) {
        int slowest = -1;
        for (int i = from; i < to; i++) {
            slowest = slowest < 0 || speeds[i] < speeds[slowest] ? i : slowest;
        }
        return slowest;
    }
}
