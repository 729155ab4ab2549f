package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code entrain journal check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Reads every page of the journal and checks what must hold. Exit status 1 if something does not.")
final class JournalCheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private JournalCopy copy = new JournalCopy();

    @Override
    public Integer call() throws IOException, ConfigException {
        PrintWriter out = spec.commandLine().getOut();
        return copy.look(reader -> {
            List<String> wrong = reader.check();
            wrong.forEach(out::println);
            out.println(
                    wrong.isEmpty()
                            ? "The journal is whole."
                            : "The journal is damaged. At its next start the agent sets it aside if it can't use it;"
                                    + " copy the state folder for whoever looks after the unit.");
            out.flush();
            return wrong.isEmpty() ? 0 : 1;
        });
    }
}
