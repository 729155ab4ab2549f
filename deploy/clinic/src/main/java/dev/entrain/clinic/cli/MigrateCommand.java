package dev.entrain.clinic.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the tables up to date and ends; {@code serve} does the same before it starts. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Brings the database's tables up to this program's version.")
final class MigrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", description = "clinic.toml")
    private @Nullable Path config;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() throws Refused {
        try (DatabaseOptions.Opened opened = database.open(ClinicFile.read(config))) {
            spec.commandLine()
                    .getOut()
                    .println("The tables are up to date; connections: "
                            + opened.database().held());
        }
        return 0;
    }
}
