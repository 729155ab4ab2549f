package dev.entrain.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file system where it is mounted (proc(5), mountinfo).
 *
 * @param point where
 * @param device its numbers, major:minor
 * @param type such as ext4
 * @param source such as /dev/mmcblk0p2
 * @param readOnly whether nothing can be written
 */
record Mount(Path point, String device, String type, String source, boolean readOnly) {
    private static final int LEAST_FIELDS = 6;

    /** Returns what a path is on; null if the system does not tell. The path, or a folder above it, must exist. */
    static @Nullable Mount of(Path path, SystemFiles files) {
        Path real = real(path);
        Mount best = null;
        for (String line : files.lines("proc/self/mountinfo")) {
            Mount mount = parse(line);
            // The later of two mounts on one point hides the earlier one.
            if (mount != null
                    && real.startsWith(mount.point)
                    && (best == null || mount.point.getNameCount() >= best.point.getNameCount())) {
                best = mount;
            }
        }
        return best;
    }

    private static @Nullable Mount parse(String line) {
        String[] halves = line.split(" - ", 2);
        String[] fields = halves[0].split(" ", -1);
        String[] kind = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
        if (fields.length < LEAST_FIELDS || kind.length < 3) {
            return null;
        }
        boolean readOnly = options(fields[5]).contains("ro") || options(kind[2]).contains("ro");
        return new Mount(Path.of(fields[4].replace("\\040", " ")), fields[2], kind[0], kind[1], readOnly);
    }

    private static List<String> options(String text) {
        return Arrays.asList(text.split(",", -1));
    }

    /** Returns the path with its links followed as far as it exists. */
    private static Path real(Path path) {
        Path at = path.toAbsolutePath().normalize();
        while (at.getParent() != null) { // Ends at the root.
            try {
                return at.toRealPath();
            } catch (IOException e) {
                at = at.getParent();
            }
        }
        return at;
    }
}
