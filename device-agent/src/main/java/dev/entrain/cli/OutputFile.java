package dev.entrain.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Looks at a file that a command will write at its end, before the minutes that lead there are spent. */
final class OutputFile {
    private OutputFile() {}

    /**
     * Checks that a file can be written; null is none.
     *
     * @throws ParameterException if it can't; the message names option, file and remedy
     */
    static void check(CommandSpec spec, String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        String fault = null;
        if (Files.isDirectory(file)) {
            fault = "is a folder; name a file in it";
        } else if (folder != null && !Files.isDirectory(folder)) {
            fault = "there is no folder " + folder + "; make it first";
        } else if (folder != null && !Files.isWritable(Files.exists(file) ? file : folder)) {
            fault = "permission denied; choose another place or change its owner";
        }
        if (fault != null) {
            throw new ParameterException(spec.commandLine(), option + " " + file + ": " + fault);
        }
    }
}
