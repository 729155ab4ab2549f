package dev.entrain.clinic.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The clinic's command line. */
@Command(
        name = "entrain-clinic",
        mixinStandardHelpOptions = true,
        description = "The clinic's receiver and page. Research software, not a medical device.",
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            MigrateCommand.class,
            LoadCommand.class,
            AccountCommand.class,
            SampleDataCommand.class,
            ForgetTitlesCommand.class,
            KeygenCommand.class,
            PrescribeCommand.class,
            ConfigureCommand.class,
            AskCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs a command and ends with its status: 0 done, 1 not done, 2 not understood. */
    public static void main(String[] args) {
        int status = new CommandLine(new Main())
                .setExecutionExceptionHandler((e, commandLine, parsed) -> {
                    if (!(e instanceof Refused)) {
                        org.tinylog.Logger.error(e, "a mistake of ours");
                    }
                    commandLine.getErr().println(e.getMessage());
                    return 1;
                })
                .execute(args);
        System.exit(status);
    }
}
