package dev.entrain.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code entrain session}: therapy sessions and their programmes. */
@Command(
        name = "session",
        mixinStandardHelpOptions = true,
        description = {
            "Therapy sessions: gives a programme, and shows what was given.",
            "Research software, not a medical device."
        },
        subcommands = {
            SessionRunCommand.class,
            SessionProgrammesCommand.class,
            SessionListCommand.class,
            SessionShowCommand.class,
            SessionExportCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class SessionCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "session needs one of: " + String.join(", ", spec.subcommands().keySet()));
    }
}
