package dev.entrain.cli;

import picocli.CommandLine.Command;

/** {@code entrain journal}. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        description = "Looks into the unit's journal, also while the agent runs: works on a copy, changes nothing.",
        subcommands = {JournalStatusCommand.class, JournalCheckCommand.class, JournalRawCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class JournalCommand {}
