package dev.entrain.clinic.cli;

import dev.entrain.clinic.load.LoadRun;
import dev.entrain.clinic.store.DatabaseException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts emulated units on the way to the clinic and counts what arrives. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description =
                "Emulated units through a real Mosquitto and receivers into a real PostgreSQL, all started for it.")
final class LoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--units", defaultValue = "1000", description = "How many, 1 to 20000; default ${DEFAULT-VALUE}.")
    private int units;

    @Option(
            names = "--rate",
            defaultValue = "2",
            description =
                    "Messages per second of each, half state, half batches of five records; default ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--seconds", defaultValue = "60", description = "For how long; default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--receivers",
            defaultValue = "2",
            description = "Processes side by side; default ${DEFAULT-VALUE}.")
    private int receivers;

    @Override
    public Integer call() throws Refused {
        if (units < 1
                || units > 20_000
                || !(rate > 0 && rate <= 100)
                || seconds < 1
                || receivers < 1
                || receivers > 8) {
            throw new Refused("units must be 1 to 20000, rate above 0 up to 100, seconds from 1, receivers 1 to 8");
        }
        try {
            LoadRun.Plan plan = new LoadRun.Plan(units, rate, seconds, receivers);
            return new LoadRun(plan, spec.commandLine().getOut()).run() ? 0 : 1;
        } catch (IOException | DatabaseException | SQLException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }
}
