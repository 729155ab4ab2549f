package dev.entrain.music.library;

import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.loudness.LoudnessMeters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A process of its own that adds songs until it is killed, and tells each step. Arguments: state folder, folder of songs. */
final class AdderProcess {
    private AdderProcess() {}

    public static void main(String[] args) throws Exception {
        SongShelf shelf = new SongShelf(Path.of(args[0]), 0);
        SongScan scan = new SongScan(new SndFileReaders(), new LoudnessMeters());
        for (SongSource source : SongSource.in(Path.of(args[1]))) {
            shelf.add(source, scan, share -> {
                System.out.printf(Locale.ROOT, "%.3f%n", share);
                return true;
            });
            System.out.println("whole");
        }
    }

    static Process start(Path state, Path songs) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AdderProcess.class.getName(),
                        state.toString(),
                        songs.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
