package dev.entrain.clinic.cli;

import dev.entrain.clinic.sample.SampleData;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fills an empty database with simulated patients, so that there is something to look at. */
@Command(
        name = "sample-data",
        mixinStandardHelpOptions = true,
        description = "Puts weeks of simulated patients into a database that holds no real ones.")
final class SampleDataCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", description = "clinic.toml")
    private @Nullable Path config;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--weeks",
            defaultValue = "12",
            description = "1 to 104, this one included (default: ${DEFAULT-VALUE}).")
    private int weeks;

    @Option(
            names = "--seed",
            defaultValue = "6",
            description = "Another seed gives others (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws Refused {
        if (weeks < 1 || weeks > SampleData.MOST_WEEKS) {
            throw new Refused("--weeks must be 1 to " + SampleData.MOST_WEEKS + ", not " + weeks);
        }
        try (DatabaseOptions.Opened opened = database.open(ClinicFile.read(config))) {
            SampleData.Summary done = new SampleData(opened.database())
                    .write(weeks, seed, Clock.systemUTC().instant());
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%d simulated patients with %d sessions; %s has every step%n",
                            done.patients(), done.sessions(), done.detailed());
        } catch (SampleData.Refused e) {
            throw new Refused(String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            throw new Refused("The database failed half way: " + e.getMessage() + ". Begin with an empty one again.");
        }
        return 0;
    }
}
