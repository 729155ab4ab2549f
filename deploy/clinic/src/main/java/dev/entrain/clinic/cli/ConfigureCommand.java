package dev.entrain.clinic.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrain-clinic configure}. */
@Command(
        name = "configure",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes settings for a unit, signed: [cue], [audio] (level_db_spl, timbre, language), [music], [goal],"
                    + " [telemetry] (timing_s).",
            "Waits for the unit's word. Exit status 0: the unit has it, or the broker keeps it; 1: refused."
        })
final class ConfigureCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SigningOptions options = new SigningOptions();

    @ArgGroup(multiplicity = "1")
    private Wish wish = new Wish();

    @Option(names = "--rev", paramLabel = "N", description = "Revision, greater than any before; default: auto.")
    private String revision = "auto";

    /** One of both. */
    static final class Wish {
        @Option(names = "--settings", paramLabel = "FILE", description = "What the unit is to run with, TOML.")
        private @Nullable Path file;

        @Option(names = "--withdraw", description = "Nothing: the unit's own configuration holds again.")
        @SuppressWarnings("UnusedVariable") // That it was given says all: there is no file then.
        private boolean withdraw;
    }

    @Override
    public Integer call() throws Refused {
        return new OrderRun("cfg", "settings", options, spec.commandLine().getOut())
                .run(wish.file, revision, InstantSource.system());
    }
}
