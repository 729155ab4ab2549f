package dev.entrain.validation;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one pass over a recording tells: its feet, its length, and about which axis each sensor turns most, which for a foot
 * is close to its pitch axis.
 */
final class RecordingScan {
    private static final int POWER_ITERATIONS = 50;

    private final Path file;
    private final double[][] moments = new double[Foot.COUNT][6];
    private final double[][] axes = new double[Foot.COUNT][];
    private final long[] counts = new long[Foot.COUNT];
    private double firstS;
    private double lastS;

    private RecordingScan(Path file) {
        this.file = file;
    }

    /**
     * Scans a recording.
     *
     * @throws IOException if it is missing or damaged; the message names the line
     */
    static RecordingScan of(Path file, Findings findings) throws IOException {
        RecordingScan scan = new RecordingScan(file);
        try (RecordingReader reader = new RecordingReader(file)) {
            ImuSample sample = new ImuSample();
            boolean first = true;
            while (reader.next(sample)) {
                double timeS = (sample.timeNs - reader.originNs()) * 1e-9;
                scan.firstS = first ? timeS : scan.firstS;
                scan.lastS = timeS;
                first = false;
                scan.add(sample);
            }
            if (first) {
                throw new ValidationException(file + ": holds no samples; record or copy it again");
            }
            if (reader.truncation() != null) {
                findings.warn(reader.truncation());
            }
        }
        for (Foot foot : scan.feet()) {
            scan.axes[foot.ordinal()] = mainAxis(scan.moments[foot.ordinal()]);
        }
        return scan;
    }

    Path file() {
        return file;
    }

    double lengthS() {
        return lastS - firstS;
    }

    List<Foot> feet() {
        List<Foot> feet = new ArrayList<>();
        for (Foot foot : Foot.values()) {
            if (counts[foot.ordinal()] > 0) {
                feet.add(foot);
            }
        }
        return feet;
    }

    /** Returns the rate of a sample about its foot's main axis, rad/s; the axis has no sign. */
    double mainRateRadps(ImuSample sample) {
        double[] axis = axes[sample.foot.ordinal()];
        return axis[0] * sample.gxRadps + axis[1] * sample.gyRadps + axis[2] * sample.gzRadps;
    }

    private void add(ImuSample sample) {
        double[] moment = moments[sample.foot.ordinal()];
        double x = sample.gxRadps;
        double y = sample.gyRadps;
        double z = sample.gzRadps;
        moment[0] += x * x;
        moment[1] += y * y;
        moment[2] += z * z;
        moment[3] += x * y;
        moment[4] += x * z;
        moment[5] += y * z;
        counts[sample.foot.ordinal()]++;
    }

    /** Returns the eigenvector of the largest eigenvalue by power iteration. */
    private static double[] mainAxis(double[] m) {
        double x = 1;
        double y = 0.7;
        double z = 0.4;
        for (int i = 0; i < POWER_ITERATIONS; i++) {
            double nextX = m[0] * x + m[3] * y + m[4] * z;
            double nextY = m[3] * x + m[1] * y + m[5] * z;
            double nextZ = m[4] * x + m[5] * y + m[2] * z;
            double norm = Math.sqrt(nextX * nextX + nextY * nextY + nextZ * nextZ);
            if (!(norm > 0)) {
                return new double[] {1, 0, 0};
            }
            x = nextX / norm;
            y = nextY / norm;
            z = nextZ / norm;
        }
        return new double[] {x, y, z};
    }
}
