package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.music.MusicException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.tinylog.provider.ProviderRegistry;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The command {@code entrain}. Exit status 0 = done, 1 = could not, 2 = asked wrongly. */
@Command(
        name = "entrain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {"Rhythmic cueing for people who relearn to walk.", "Research software, not a medical device."},
        subcommands = {
            RunCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            SessionCommand.class,
            RecordCommand.class,
            ReplayCommand.class,
            ValidateCommand.class,
            SimulateCommand.class,
            ImportCommand.class,
            InsoleCommand.class,
            DemoCommand.class,
            CueTestCommand.class,
            SoundsCommand.class,
            CalibrateCommand.class,
            BoardCommand.class,
            ExposureCommand.class,
            MusicCommand.class,
            IdentityCommand.class,
            ProvisionCommand.class,
            JournalCommand.class,
            SoakCommand.class,
            ClosedLoopCommand.class,
            MusicFollowCommand.class,
            FuzzOrdersCommand.class,
            BeatEvalCommand.class,
            CuePeerCommand.class,
            CueHearCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its status. */
    public static void main(String[] args) {
        int status = commandLine().execute(args);
        endLog();
        System.exit(status);
    }

    /** Writes what is left of the log; nothing is logged after it. */
    static void endLog() {
        try {
            ProviderRegistry.getLoggingProvider().shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the command line with its way of telling errors: one clear line, never a stack trace for bad input. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::explainUse)
                .setExecutionExceptionHandler(Main::explain);
    }

    private static int explainUse(CommandLine.ParameterException exception, String[] args) {
        CommandLine command = exception.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(exception.getMessage() + " (" + name + " --help explains the options)");
        return ExitCode.USAGE;
    }

    private static int explain(Exception exception, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        PrintWriter err = command.getErr();
        Throwable told = exception instanceof UncheckedIOException u ? Objects.requireNonNull(u.getCause()) : exception;
        switch (told) {
            case NoSuchFileException e -> err.println(e.getFile() + ": no such file or folder; check the path");
            case FileAlreadyExistsException e -> err.println(e.getFile() + ": is a file; name a folder");
            case AccessDeniedException e ->
                err.println(e.getFile() + ": permission denied; choose another place or change its owner");
            case ConfigException e -> err.println(e.getMessage());
            case MusicException e -> err.println(e.getMessage());
            case IOException e -> err.println(e.getMessage());
            default -> throw exception;
        }
        err.flush();
        return exception instanceof ConfigException ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }
}
