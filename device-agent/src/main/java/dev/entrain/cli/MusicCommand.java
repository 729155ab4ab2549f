package dev.entrain.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code entrain music}. */
@Command(
        name = "music",
        mixinStandardHelpOptions = true,
        description = {
            "The patient's own songs: adds them, tells whether they suit walking, and what he thinks of them.",
            "Works beside a running agent."
        },
        subcommands = {
            MusicAddCommand.class,
            MusicListCommand.class,
            MusicShowCommand.class,
            MusicPreferCommand.class,
            MusicRemoveCommand.class,
            MusicPictureCommand.class,
            MusicNextCommand.class,
            MusicDemoCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class MusicCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "music needs one of: " + String.join(", ", spec.subcommands().keySet()));
    }
}
