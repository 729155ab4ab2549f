package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.config.ProgrammeFile;
import dev.entrain.session.Block;
import dev.entrain.session.Programme;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrain session programmes}. */
@Command(
        name = "programmes",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the programmes that come with this version; shows one as a file to copy and edit; checks a file and"
                    + " prints how its session goes, minute by minute.",
            "Research software, not a medical device: a clinician decides."
        })
final class SessionProgrammesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @ArgGroup(exclusive = true)
    private Asked asked = new Asked();

    /** What is wanted instead of the list. */
    static final class Asked {
        @Option(names = "--show", paramLabel = "NAME", description = "Print the file of one of the listed programmes.")
        private @Nullable String show;

        @Option(names = "--check", paramLabel = "FILE", description = "Check a file, or one of the listed by its name.")
        private @Nullable String check;
    }

    @Override
    public Integer call() throws ConfigException {
        PrintWriter out = spec.commandLine().getOut();
        if (asked.show != null) {
            out.print(ProgrammeFile.presetText(asked.show));
        } else if (asked.check != null) {
            new ProgrammeTimeline(ProgrammeFile.named(asked.check)).print(out);
        } else {
            list(out);
        }
        out.flush();
        return 0;
    }

    private static void list(PrintWriter out) throws ConfigException {
        out.printf(Locale.ROOT, "%-20s %5s %6s  %s%n", "name", "min", "a week", "title; blocks and their minutes");
        for (String name : ProgrammeFile.presets()) {
            Programme programme = ProgrammeFile.preset(name);
            out.printf(
                    Locale.ROOT,
                    "%-20s %5s %6s  %s%n%35s%s%n",
                    name,
                    ProgrammeTimeline.minutes(programme.sessionS()),
                    ProgrammeTimeline.shortly(programme.sessionsPerWeek()),
                    programme.title(),
                    "",
                    programme.blocks().stream()
                            .map(SessionProgrammesCommand::inWords)
                            .collect(Collectors.joining(", ")));
        }
        out.println(
                "--show NAME prints a file to copy and edit, --check FILE checks it; any file serves as a programme.");
    }

    private static String inWords(Block block) {
        return ProgrammeTimeline.word(block.kind()) + " " + ProgrammeTimeline.minutes(block.durationS());
    }
}
