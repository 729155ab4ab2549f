package dev.entrain.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code entrain calibrate}: what is measured once for each output. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = "Measures an output once and keeps what it found in the unit's state folder.",
        subcommands = {CalibrateOutputCommand.class, CalibrateHeadphonesCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class CalibrateCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "calibrate needs one of: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
