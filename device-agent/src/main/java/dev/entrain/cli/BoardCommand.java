package dev.entrain.cli;

import picocli.CommandLine.Command;

/** {@code entrain board}. */
@Command(
        name = "board",
        mixinStandardHelpOptions = true,
        description = "Shows and tries what is wired to the board: button, status light, battery.",
        subcommands = {BoardShowCommand.class, BoardTryCommand.class, BoardLightCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class BoardCommand {}
