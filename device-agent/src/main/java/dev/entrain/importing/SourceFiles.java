package dev.entrain.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds an original's files below the folder a person named. */
final class SourceFiles {
    private static final int DEEPEST = 8;

    private SourceFiles() {}

    /**
     * Returns the files whose name ends so.
     *
     * @param source folder to look through, 8 levels deep
     * @param ending of the file's name
     * @return in the order people count: 2-1 before 10-1
     * @throws ImportException if the source is no folder
     */
    static List<Path> ending(Path source, String ending) throws IOException {
        if (!Files.isDirectory(source)) {
            throw new ImportException(source + ": no such folder; download the dataset, unpack it and name its folder");
        }
        try (Stream<Path> files = Files.walk(source, DEEPEST)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> nameOf(file).endsWith(ending))
                    .sorted(Comparator.comparing(Path::toString, SourceFiles::compareCounting))
                    .toList();
        }
    }

    /** Returns a file's last name as text. */
    static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private static int compareCounting(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int iEnd = digitsEnd(a, i);
            int jEnd = digitsEnd(b, j);
            int order;
            if (iEnd > i && jEnd > j) {
                order = Integer.compare(iEnd - i, jEnd - j);
                order = order == 0 ? a.substring(i, iEnd).compareTo(b.substring(j, jEnd)) : order;
                i = iEnd;
                j = jEnd;
            } else {
                order = Character.compare(a.charAt(i++), b.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
