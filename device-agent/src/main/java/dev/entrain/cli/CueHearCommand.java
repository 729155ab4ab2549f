package dev.entrain.cli;

import dev.entrain.cuetest.peer.SoundFile;
import dev.entrain.cuetest.peer.Spacing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain cue-hear}: the ear of deploy/interop. */
@Command(
        name = "cue-hear",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = {
            "Finds the beats in a recording (WAV, or bare stereo frames of 16 bit in a file ending in .raw) and tells how",
            "steady their distances are, in frames. Exit status 0 if as many were heard as expected, without a gap."
        })
final class CueHearCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "RECORDING", description = "The file.")
    private @Nullable Path recording;

    @Option(names = "--expect", paramLabel = "N", defaultValue = "1", description = "How many beats were played.")
    private int expected;

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "", description = "Shown at the head of the line.")
    private String name = "";

    @Override
    public Integer call() throws IOException {
        if (spec == null || recording == null) {
            throw new IllegalStateException("picocli sets both before it calls");
        }
        PrintWriter out = spec.commandLine().getOut();
        SoundFile sound =
                recording.toString().endsWith(".raw") ? SoundFile.raw(recording, 48_000, 2) : SoundFile.wav(recording);
        Spacing spacing = Spacing.of(sound.onsets());
        out.printf(
                Locale.ROOT,
                "%-24s %4d/%-4d %11.2f %8.2f %8.2f %8.2f %6d%n",
                name,
                spacing.heard(),
                expected,
                spacing.medianFrames(),
                spacing.p50Frames(),
                spacing.p99Frames(),
                spacing.maxFrames(),
                spacing.gaps());
        return spacing.heard() == expected && spacing.gaps() == 0 ? 0 : 1;
    }
}
