package dev.entrain.cli;

import picocli.CommandLine.Command;

/** {@code entrain session}. */
@Command(
        name = "session",
        mixinStandardHelpOptions = true,
        description = {
            "Therapy sessions: gives a programme, and shows what was given.",
            "Research software, not a medical device."
        },
        subcommands = {SessionRunCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class SessionCommand {}
